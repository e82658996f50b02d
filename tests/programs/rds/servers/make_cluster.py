from cluster_calls import *

cluster('old')
instance('old', 'old-1')
