from calls import *

A = '444455556666'
admin = f'arn:aws:iam::{A}:user/local-administrator'
root = ('AKIAROOTOFTESTS00001', 'root secret')
