from lambda_calls import *

function('simple')
