namespace Daybreak.Cloud.Tests.Lambda.Runtime.Bootstraps;

/// <summary>A handler that has the runtime and simplejson, used as AWS's runtime uses it, write the same values, and returns where they
/// differ.</summary>
internal static class SimplejsonComparison
{
    public const string Handler = """
        import collections, datetime, decimal, enum, math, os, random, sys, typing
        sys.path.append('/usr/lib/python3/dist-packages')
        import simplejson
        from lambda_runtime_marshaller import to_json

        class Aws(simplejson.JSONEncoder):
            def __init__(self):
                super().__init__(use_decimal=False, allow_nan=True, ensure_ascii=os.environ['AWS_EXECUTION_ENV'].endswith('3.11'))
            def default(self, value):
                if isinstance(value, decimal.Decimal):
                    return math.nan if value.is_nan() else simplejson.raw_json.RawJSON(str(value))
                return super().default(value)

        Point = collections.namedtuple('Point', 'x y')
        class Typed(typing.NamedTuple):
            a: int = 1
        class Number(int):
            __repr__ = __str__ = lambda self: 'shown'
        class Text(str):
            __str__ = lambda self: 'shown'
        class Real(float):
            __repr__ = lambda self: 'shown'
        class Scaled(decimal.Decimal):
            __str__ = lambda self: '7e7'
        class Fields(dict):
            def _asdict(self): return {'as': 1}
        class Listed(list):
            _asdict = 5
        class Pairs:
            def _asdict(self): return [1]
        class Failing:
            def _asdict(self): raise ValueError('no')
        class Mistyped:
            def _asdict(self): raise TypeError('no')
        class Plain:
            def for_json(self): return 1
        class Guarded:
            def __getattr__(self, name): raise RuntimeError(name)
        Level = enum.IntEnum('Level', 'low high')
        class Name(str, enum.Enum):
            a = 'x"y'
        circle = []
        circle.append(circle)
        knot = {}
        knot['a'] = [Point(1, knot)]
        leaves = [
            None, True, False, 0, 1, -1, 2 ** 70, 1.5, -0.0, 1e300, 1e-7, math.nan, math.inf, -math.inf, 'a', 'é€😀', '\x7f\x00\u2028\\"/', '\ud800',
            '\ud83d\ude00', b'x', b'\xc3\xa9', b'\xff', bytearray(b'x'), memoryview(b'x'), decimal.Decimal('1.10'), decimal.Decimal('sNaN'),
            decimal.Decimal('-Infinity'), decimal.Decimal('1E+30'), Scaled('1'), Number(3), Text('own'), Real(2.5), Real('nan'), Level.low, Name.a,
            datetime.date(2020, 1, 1), {1, 2}, frozenset(), object(), Pairs(), Failing(), Mistyped(), Plain(), Point, (n for n in ()), range(3), 1j,
            Guarded(), len, int, collections.deque([1]), circle, knot, {}.keys(), Fields(q=1), Listed([1]), [], (), {}, Typed(), Point(1, 2),
            collections.OrderedDict(z=1, a=b'2'), collections.Counter('aab'), 10 ** 5000]
        keys = [
            None, True, 0, 1, 1.0, -5, 1.5, math.nan, math.inf, 2 ** 65, 'k', 'é', b'k', b'\xff', (1,), decimal.Decimal('1'), Number(4), Text('s'), Real(1.25),
            Level.high, Name.a, datetime.date(2020, 1, 1), frozenset(), Point(1, 2)]
        chance = random.Random(7)

        def value(depth):
            if depth == 0 or chance.random() < .35:
                return chance.choice(leaves)
            inner = [value(depth - 1) for _ in range(chance.randrange(4))]
            kind = chance.randrange(6)
            if kind == 0: return inner
            if kind == 1: return tuple(inner)
            if kind == 2: return Listed(inner)
            if kind == 3: return Point(inner, value(depth - 1))
            names = [chance.choice(keys) if chance.random() < .5 else 'k%d' % index for index in range(len(inner))]
            return (dict if kind == 4 else collections.OrderedDict)(zip(names, inner))

        def text(encode, value):
            try:
                return encode(value)
            except Exception as error:
                return '%s: %s' % (type(error).__name__, error)

        def handler(event, context):
            aws = Aws().encode
            values = [wrapped for leaf in leaves for wrapped in (leaf, [leaf], {'a': leaf}, Point(leaf, 0))]
            values += [{key: 1} for key in keys] + [{key: b''} for key in keys] + [value(4) for _ in range(20000)]
            pairs = [(text(aws, one), text(to_json, one)) for one in values if not isinstance(one, bytes)]
            return [ascii(pair) for pair in pairs if pair[0] != pair[1]][:20]
        """;
}
