locals {
  subnets = var.step == 1 ? 2 : 1
}

resource "aws_vpc" "network" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.network.id
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = ["us-east-1a", "us-east-1b"][count.index]
}

resource "aws_security_group" "function" {
  name   = "function"
  vpc_id = aws_vpc.network.id
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_iam_role" "in_vpc" {
  name = "terraform-vpc"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy_attachment" "in_vpc" {
  role       = aws_iam_role.in_vpc.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

resource "aws_lambda_function" "in_vpc" {
  function_name    = "terraform-in-vpc"
  role             = aws_iam_role.in_vpc.arn
  runtime          = "python3.12"
  handler          = "f.handler"
  filename         = "f.zip"
  source_code_hash = filebase64sha256("f.zip")
  vpc_config {
    subnet_ids         = slice(aws_subnet.private[*].id, 0, local.subnets)
    security_group_ids = [aws_security_group.function.id]
  }
  depends_on = [aws_iam_role_policy_attachment.in_vpc]
}

output "networks" { value = [aws_vpc.network.id, aws_lambda_function.in_vpc.vpc_config[0].vpc_id] }
