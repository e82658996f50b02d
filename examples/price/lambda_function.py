def lambda_handler(event, context):
    gross = round(event["net"] * 1.19)
    print("priced", event["net"], "at", gross)
    return {"gross": gross}
