"""What the gate looks at: values, gathered."""
