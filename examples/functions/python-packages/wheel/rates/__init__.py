VAT = 0.19


def gross(net):
    return round(net * (1 + VAT))
