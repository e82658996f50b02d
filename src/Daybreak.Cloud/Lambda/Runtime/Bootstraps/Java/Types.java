package daybreak.lambda;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns what {@link Json} reads into the types of a handler, and the values of a handler into what it writes. */
final class Types {
    private Types() {}

    /** What a type of a method means in a class, in which the variables of its interfaces and parents have values. */
    static Type resolved(Type type, Class<?> declaring, Class<?> in) {
        if (!(type instanceof TypeVariable<?> variable))
            return type;
        Type value = variables(in, Map.of()).getOrDefault(variable, variable);
        return value instanceof TypeVariable<?> open ? open.getBounds()[0] : value;
    }

    private static Map<TypeVariable<?>, Type> variables(Type type, Map<TypeVariable<?>, Type> outer) {
        Map<TypeVariable<?>, Type> known = new HashMap<>(outer);
        Class<?> raw = raw(type);
        if (type instanceof ParameterizedType generic) {
            for (int index = 0; index < raw.getTypeParameters().length; index++) {
                Type value = generic.getActualTypeArguments()[index];
                known.put(raw.getTypeParameters()[index], value instanceof TypeVariable<?> ? outer.getOrDefault(value, value) : value);
            }
        }
        for (Type parent : raw.getGenericInterfaces())
            known.putAll(variables(parent, known));
        if (raw.getGenericSuperclass() != null && raw.getSuperclass() != Object.class)
            known.putAll(variables(raw.getGenericSuperclass(), known));
        return known;
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain)
            return plain;
        if (type instanceof ParameterizedType generic)
            return (Class<?>) generic.getRawType();
        if (type instanceof GenericArrayType array)
            return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
        if (type instanceof WildcardType wildcard)
            return raw(wildcard.getUpperBounds()[0]);
        return type instanceof TypeVariable<?> variable ? raw(variable.getBounds()[0]) : Object.class;
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[index] : Object.class;
    }

    static Object convert(Object value, Type type) throws ReflectiveOperationException {
        Class<?> target = raw(type);
        if (value == null)
            return target.isPrimitive() && target != void.class ? Array.get(Array.newInstance(target, 1), 0) : null;
        if (target == Object.class)
            return natural(value);
        if (target == String.class || target == CharSequence.class)
            return isScalar(value) ? value.toString() : refuse(value, target);
        if (target == boolean.class || target == Boolean.class)
            return value instanceof Boolean ? value
                : "true".equals(value) ? Boolean.TRUE : "false".equals(value) ? Boolean.FALSE : refuse(value, target);
        if (target == char.class || target == Character.class)
            return value instanceof String text && text.length() == 1 ? (Object) text.charAt(0) : refuse(value, target);
        if (target.isPrimitive() || Number.class.isAssignableFrom(target))
            return number(value, target);
        if (target.isEnum())
            return constant(value, target);
        if (target == byte[].class)
            return value instanceof String text ? Base64.getDecoder().decode(text) : refuse(value, target);
        if (target == Date.class)
            return value instanceof Number millis ? new Date(millis.longValue())
                : value instanceof String text ? Date.from(java.time.OffsetDateTime.parse(text).toInstant()) : refuse(value, target);
        if (target.isArray())
            return array(value, type, target);
        if (Collection.class.isAssignableFrom(target) || target == Iterable.class)
            return collection(value, type, target);
        if (Map.class.isAssignableFrom(target))
            return map(value, type, target);
        if (!(value instanceof Map<?, ?> members))
            return refuse(value, target);
        return target.isRecord() ? record(members, target) : bean(members, target);
    }

    private static boolean isScalar(Object value) {
        return !(value instanceof Map || value instanceof List);
    }

    private static Object natural(Object value) {
        if (value instanceof BigDecimal number)
            return number.doubleValue();
        if (value instanceof BigInteger number)
            return number.bitLength() < 64 ? (Object) number.longValue() : number;
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(natural(item)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(name, natural(member)));
            return members;
        }
        return value;
    }

    private static Object number(Object value, Class<?> target) {
        if (!(value instanceof Number) && !(value instanceof String))
            return refuse(value, target);
        BigDecimal number;
        try {
            number = new BigDecimal(value.toString());
        } catch (NumberFormatException error) {
            return refuse(value, target);
        }
        if (target == double.class || target == Double.class || target == Number.class)
            return number.doubleValue();
        if (target == float.class || target == Float.class)
            return number.floatValue();
        if (target == BigDecimal.class)
            return number;
        BigInteger whole = number.toBigInteger();
        if (target == BigInteger.class)
            return whole;
        try {
            if (target == int.class || target == Integer.class)
                return whole.intValueExact();
            if (target == long.class || target == Long.class)
                return whole.longValueExact();
            if (target == short.class || target == Short.class)
                return whole.shortValueExact();
            if (target == byte.class || target == Byte.class)
                return whole.byteValueExact();
        } catch (ArithmeticException error) {
            throw new IllegalArgumentException("Numeric value (" + value + ") out of range of " + target.getName());
        }
        return refuse(value, target);
    }

    private static Object constant(Object value, Class<?> target) {
        return Arrays.stream(target.getEnumConstants())
            .filter(one -> ((Enum<?>) one).name().equals(value))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("Cannot deserialize value of type `" + target.getName() + "` from \"" + value + "\""));
    }

    private static Object array(Object value, Type type, Class<?> target) throws ReflectiveOperationException {
        if (!(value instanceof List<?> list))
            return refuse(value, target);
        Type item = type instanceof GenericArrayType array ? array.getGenericComponentType() : target.getComponentType();
        Object items = Array.newInstance(target.getComponentType(), list.size());
        for (int index = 0; index < list.size(); index++)
            Array.set(items, index, convert(list.get(index), item));
        return items;
    }

    @SuppressWarnings("unchecked")
    private static Object collection(Object value, Type type, Class<?> target) throws ReflectiveOperationException {
        if (!(value instanceof List<?> list))
            return refuse(value, target);
        Collection<Object> items =
            !target.isInterface() && !Modifier.isAbstract(target.getModifiers()) ? (Collection<Object>) target.getConstructor().newInstance()
            : target.isAssignableFrom(ArrayList.class) ? new ArrayList<>(list.size())
            : target.isAssignableFrom(LinkedHashSet.class) ? new LinkedHashSet<>()
            : target.isAssignableFrom(java.util.TreeSet.class) ? new java.util.TreeSet<>()
            : new java.util.ArrayDeque<>();
        for (Object item : list)
            items.add(convert(item, argument(type, 0)));
        return items;
    }

    @SuppressWarnings("unchecked")
    private static Object map(Object value, Type type, Class<?> target) throws ReflectiveOperationException {
        if (!(value instanceof Map<?, ?> given))
            return refuse(value, target);
        Map<Object, Object> members =
            !target.isInterface() && !Modifier.isAbstract(target.getModifiers()) ? (Map<Object, Object>) target.getConstructor().newInstance()
            : target.isAssignableFrom(LinkedHashMap.class) ? new LinkedHashMap<>()
            : target.isAssignableFrom(TreeMap.class) ? new TreeMap<>()
            : new java.util.concurrent.ConcurrentSkipListMap<>();
        boolean isGeneric = type instanceof ParameterizedType generic && generic.getActualTypeArguments().length == 2;
        for (Map.Entry<?, ?> entry : given.entrySet())
            members.put(
                isGeneric ? convert(entry.getKey(), argument(type, 0)) : entry.getKey(),
                convert(entry.getValue(), isGeneric ? argument(type, 1) : Object.class));
        return members;
    }

    private static Object record(Map<?, ?> members, Class<?> target) throws ReflectiveOperationException {
        RecordComponent[] components = target.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int index = 0; index < components.length; index++) {
            types[index] = components[index].getType();
            values[index] = convert(members.get(components[index].getName()), components[index].getGenericType());
        }
        return made(target.getDeclaredConstructor(types), values);
    }

    private static Object bean(Map<?, ?> members, Class<?> target) throws ReflectiveOperationException {
        if (target.isInterface() || Modifier.isAbstract(target.getModifiers()))
            throw new IllegalArgumentException("Cannot construct instance of `" + target.getName() + "`: it is abstract");
        Constructor<?> constructor;
        try {
            constructor = target.getDeclaredConstructor();
        } catch (NoSuchMethodException error) {
            throw new IllegalArgumentException("Cannot construct instance of `" + target.getName() + "` (no Creators, like default constructor, exist)");
        }
        Object bean = made(constructor);
        Map<String, Method> setters = new HashMap<>();
        for (Method method : target.getMethods()) {
            if (method.getName().length() > 3 && method.getName().startsWith("set") && method.getParameterCount() == 1 && !method.isBridge())
                setters.put(propertyName(method.getName().substring(3)), method);
        }
        for (Map.Entry<?, ?> member : members.entrySet()) {
            Method setter = setters.get(member.getKey());
            if (setter != null) {
                setter.setAccessible(true);
                setter.invoke(bean, convert(member.getValue(), resolved(setter.getGenericParameterTypes()[0], setter.getDeclaringClass(), target)));
                continue;
            }
            for (Field field : target.getFields()) {
                if (field.getName().equals(member.getKey()) && isProperty(field) && !Modifier.isFinal(field.getModifiers())) {
                    field.setAccessible(true);
                    field.set(bean, convert(member.getValue(), resolved(field.getGenericType(), field.getDeclaringClass(), target)));
                }
            }
        }
        return bean;
    }

    private static Object made(Constructor<?> constructor, Object... values) throws ReflectiveOperationException {
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static Object refuse(Object value, Class<?> target) {
        String kind = value instanceof Map ? "an object" : value instanceof List ? "an array" : "the value " + value;
        throw new IllegalArgumentException("Cannot deserialize value of type `" + target.getName() + "` from " + kind);
    }

    /** Maps, lists, strings, numbers, booleans and null that stand for a value. */
    static Object plain(Object value) throws ReflectiveOperationException {
        return plain(value, 0);
    }

    private static Object plain(Object value, int depth) throws ReflectiveOperationException {
        if (depth > 1000)
            throw new IllegalArgumentException("Document nesting depth (" + depth + ") exceeds the maximum allowed (1000)");
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean)
            return value;
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> members = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet())
                members.put(String.valueOf(entry.getKey()), plain(entry.getValue(), depth + 1));
            return members;
        }
        if (value instanceof Iterable<?> || value instanceof Object[]) {
            List<Object> items = new ArrayList<>();
            for (Object item : value instanceof Object[] array ? Arrays.asList(array) : (Iterable<?>) value)
                items.add(plain(item, depth + 1));
            return items;
        }
        if (value instanceof byte[] bytes)
            return Base64.getEncoder().encodeToString(bytes);
        if (value.getClass().isArray()) {
            List<Object> items = new ArrayList<>();
            for (int index = 0; index < Array.getLength(value); index++)
                items.add(plain(Array.get(value, index), depth + 1));
            return items;
        }
        if (value instanceof Enum<?> constant)
            return constant.name();
        if (value instanceof Date date)
            return date.getTime();
        if (value instanceof java.util.Optional<?> optional)
            return plain(optional.orElse(null), depth + 1);
        if (value instanceof CharSequence || value instanceof Character || value.getClass().getName().startsWith("java."))
            return value.toString(); // UUID, URI and such
        return members(value, depth);
    }

    private static Map<String, Object> members(Object value, int depth) throws ReflectiveOperationException {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents())
                members.put(component.getName(), plain(read(component.getAccessor(), value), depth + 1));
            return members;
        }
        Map<String, Method> getters = new TreeMap<>();
        for (Method method : value.getClass().getMethods()) {
            String name = method.getName();
            int prefix = name.startsWith("get") ? 3 : name.startsWith("is") && method.getReturnType() == boolean.class ? 2 : 0;
            if (prefix > 0 && name.length() > prefix && method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers())
                && method.getReturnType() != void.class && method.getDeclaringClass() != Object.class && !method.isBridge())
                getters.put(propertyName(name.substring(prefix)), method);
        }
        // In the order of the fields that they read, as far as there are any, those of parents first.
        for (Field field : fields(value.getClass())) {
            Method getter = getters.remove(field.getName());
            if (getter != null) {
                members.put(field.getName(), plain(read(getter, value), depth + 1));
            } else if (Modifier.isPublic(field.getModifiers()) && isProperty(field) && !members.containsKey(field.getName())) {
                field.setAccessible(true);
                members.put(field.getName(), plain(field.get(value), depth + 1));
            }
        }
        for (Map.Entry<String, Method> getter : getters.entrySet())
            members.put(getter.getKey(), plain(read(getter.getValue(), value), depth + 1));
        return members;
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = type.getSuperclass() == null || type.getSuperclass() == Object.class ? new ArrayList<>() : fields(type.getSuperclass());
        fields.addAll(Arrays.asList(type.getDeclaredFields()));
        return fields;
    }

    private static boolean isProperty(Field field) {
        return !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers());
    }

    private static Object read(Method getter, Object value) throws ReflectiveOperationException {
        getter.setAccessible(true); // of a public method of a class that is not public
        try {
            return getter.invoke(value);
        } catch (InvocationTargetException error) {
            if (error.getCause() instanceof RuntimeException cause)
                throw cause;
            throw error;
        }
    }

    // As Jackson names them: getURL is url, getFullName is fullName.
    private static String propertyName(String name) {
        StringBuilder text = new StringBuilder(name);
        for (int index = 0; index < name.length() && Character.isUpperCase(name.charAt(index)); index++)
            text.setCharAt(index, Character.toLowerCase(name.charAt(index)));
        return text.toString();
    }
}
