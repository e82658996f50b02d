"""Prices an order: called by the trigger in order.sql for every new row."""


def lambda_handler(event, context):
    net = sum(item["quantity"] * item["cents"] for item in event["items"])
    return {"net": net, "gross": round(net * 1.19)}
