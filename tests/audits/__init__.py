"""Case-file audits: who may do them, the three grades, children who may not be safe, what is asked for."""
