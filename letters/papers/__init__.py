"""What is printed and is no letter: the law, the certificate, figures."""
