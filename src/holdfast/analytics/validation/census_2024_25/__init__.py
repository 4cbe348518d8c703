"""What the census of 2024/25 brought and changed: Sex for GenderCurrent, the form of references, factors out of use."""
