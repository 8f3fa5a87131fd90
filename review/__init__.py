"""The reviewer's run: what verifies the book from outside, and proves that its checks bite."""
