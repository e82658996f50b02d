resource "aws_iam_role" "layered" {
  name = "terraform-layers"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_lambda_layer_version" "data" {
  layer_name               = "terraform-layer"
  filename                 = "layer.zip"
  source_code_hash         = filebase64sha256("layer.zip")
  description              = "from Terraform"
  compatible_runtimes      = ["python3.12", "python3.13"]
  compatible_architectures = ["x86_64", "arm64"]
  license_info             = "MIT"
}

resource "aws_lambda_layer_version_permission" "data" {
  layer_name     = aws_lambda_layer_version.data.layer_name
  version_number = aws_lambda_layer_version.data.version
  principal      = "111122223333"
  action         = "lambda:GetLayerVersion"
  statement_id   = "terraform"
}

resource "aws_lambda_function" "layered" {
  function_name    = "terraform-with-layer"
  role             = aws_iam_role.layered.arn
  runtime          = "python3.12"
  handler          = "f.handler"
  filename         = "layered.zip"
  source_code_hash = filebase64sha256("layered.zip")
  layers           = [aws_lambda_layer_version.data.arn]
}

output "layer" { value = aws_lambda_layer_version.data.arn }
