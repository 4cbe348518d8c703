"""The outermost room: settings, addresses, the navigation, home, health, the command line and the demo.

Not here: any rule of the product. Rule: nothing below imports this room.
"""
