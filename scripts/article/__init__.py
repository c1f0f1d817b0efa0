"""The article's claims, run: what scripts/write_article and tests/article_test.py share."""
