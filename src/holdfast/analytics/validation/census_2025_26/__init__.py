"""The census of 2025/26 changed no rule: its set is that of 2024/25."""
