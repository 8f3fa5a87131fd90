"""One small module or package an article: the figures that only its chapter needs."""
