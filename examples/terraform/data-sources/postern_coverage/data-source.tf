data "postern_coverage" "now" {
  folder = "${path.module}/policies"
}

# A plan warns as long as somebody has no second factor.
check "second_factor" {
  assert {
    condition     = alltrue(data.postern_coverage.now.requirements[*].met)
    error_message = "Not covered: ${join(", ", data.postern_coverage.now.gaps[*].email)}"
  }
}
