from lambda_calls import *

arn = function('reserved')
QUALIFIED = 'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.'


def unreserved():
    return lam.get_account_settings()['AccountLimit']['UnreservedConcurrentExecutions']


def reserved(name='reserved'):
    return lam.get_function_concurrency(FunctionName=name).get('ReservedConcurrentExecutions')


equal((reserved(), unreserved(), lam.get_function(FunctionName='reserved').get('Concurrency')), (None, 1000, None))
before = lam.get_function_configuration(FunctionName='reserved')['RevisionId']
for count in 0, 300:
    equal(lam.put_function_concurrency(FunctionName=arn, ReservedConcurrentExecutions=count)['ReservedConcurrentExecutions'], count)
    equal(reserved(), count)
    equal(unreserved(), 1000 - count)
    equal(lam.get_function(FunctionName='reserved')['Concurrency'], {'ReservedConcurrentExecutions': count})
equal(lam.get_function_configuration(FunctionName='reserved')['RevisionId'], before)

# A hundred have to be left, whoever reserves.
function('second')
least = "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100]."
fails('InvalidParameterValueException', least, lam.put_function_concurrency, FunctionName='second', ReservedConcurrentExecutions=601)
lam.put_function_concurrency(FunctionName='second', ReservedConcurrentExecutions=600)
fails('InvalidParameterValueException', least, lam.put_function_concurrency, FunctionName='reserved', ReservedConcurrentExecutions=301)
lam.put_function_concurrency(FunctionName='reserved', ReservedConcurrentExecutions=300)
equal(unreserved(), 100)

# It is the function's: no version has its own, none takes it along, and the next function of the name has none.
lam.publish_version(FunctionName='second')
for qualified in 'second:1', 'second:$LATEST':
    fails('InvalidParameterValueException', QUALIFIED, lam.put_function_concurrency, FunctionName=qualified, ReservedConcurrentExecutions=1)
    fails('InvalidParameterValueException', QUALIFIED, lam.delete_function_concurrency, FunctionName=qualified)
equal(unreserved(), 100)
lam.delete_function(FunctionName='second')
equal(unreserved(), 700)
function('second')
equal(reserved('second'), None)
for _ in range(2):
    equal(lam.delete_function_concurrency(FunctionName='reserved')['ResponseMetadata']['HTTPStatusCode'], 204)
equal((reserved(), unreserved()), (None, 1000))

# Other accounts and Regions have their own.
lam.put_function_concurrency(FunctionName='reserved', ReservedConcurrentExecutions=900)
equal(client('lambda', '111122223333').get_account_settings()['AccountLimit']['UnreservedConcurrentExecutions'], 1000)
lam.delete_function_concurrency(FunctionName='reserved')
