from calls import *

client('iam', credentials=iam.create_access_key(UserName=sys.argv[1])['AccessKey']).get_user(UserName='target')
