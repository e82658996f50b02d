from calls import *

iam.create_account_alias(AccountAlias='first')
iam.create_account_alias(AccountAlias='second')
equal(iam.list_account_aliases()['AccountAliases'], ['second'])
fails(
    'EntityAlreadyExists',
    'The account alias second already exists.',
    client('iam', '111122223333').create_account_alias,
    AccountAlias='second',
)
fails('NoSuchEntity', 'The account alias first cannot be found.', iam.delete_account_alias, AccountAlias='first')
iam.delete_account_alias(AccountAlias='second')
equal(iam.list_account_aliases()['AccountAliases'], [])
fails(
    'ValidationError',
    "1 validation error detected: Value at 'accountAlias' failed to satisfy constraint: "
    'Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$',
    iam.create_account_alias,
    AccountAlias='Not-Small',
)
