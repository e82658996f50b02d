from calls import *

other = client('iam', '222233334444')
none = ('NoSuchEntity', 'The Password Policy with domain name 222233334444 cannot be found.')
fails(*none, other.get_account_password_policy)
fails(*none, other.delete_account_password_policy)
weak = ('PasswordPolicyViolation', 'Password does not conform to the account password policy.')
other.create_user(UserName='ann')
fails('NoSuchEntity', 'Login Profile for User ann cannot be found.', other.get_login_profile, UserName='ann')
fails(*weak, other.create_login_profile, UserName='ann', Password='onlysmall')
equal(other.create_login_profile(UserName='ann', Password='Three-kinds')['LoginProfile']['PasswordResetRequired'], False)
fails(
    'EntityAlreadyExists', 'Login Profile for user ann already exists.', other.create_login_profile, UserName='ann', Password='Three-kinds'
)

other.update_account_password_policy(MinimumPasswordLength=12, RequireNumbers=True, MaxPasswordAge=90)
equal(
    other.get_account_password_policy()['PasswordPolicy'],
    dict(
        MinimumPasswordLength=12,
        RequireSymbols=False,
        RequireNumbers=True,
        RequireUppercaseCharacters=False,
        RequireLowercaseCharacters=False,
        AllowUsersToChangePassword=False,
        ExpirePasswords=True,
        MaxPasswordAge=90,
    ),
)
fails(*weak, other.update_login_profile, UserName='ann', Password='three-kinds-but')
other.update_login_profile(UserName='ann', Password='now-with-a-1', PasswordResetRequired=True)
equal(other.get_login_profile(UserName='ann')['LoginProfile']['PasswordResetRequired'], True)
other.update_account_password_policy()
equal(other.get_account_password_policy()['PasswordPolicy']['MinimumPasswordLength'], 6)
fails('DeleteConflict', 'Cannot delete entity, must delete login profile first.', other.delete_user, UserName='ann')
other.delete_login_profile(UserName='ann')
other.delete_user(UserName='ann')
other.delete_account_password_policy()
fails(*none, other.get_account_password_policy)
