package daybreak.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;

/** The handler of a function: {@code package.Class::method}, or {@code package.Class} that implements one of AWS's interfaces. */
interface Handler {
    byte[] handle(byte[] event, Object context) throws Throwable;

    static Handler load(String name, ClassLoader loader) {
        String[] parts = name.split("::", -1);
        if (parts.length > 2 || Arrays.stream(parts).anyMatch(String::isEmpty))
            throw new Bootstrap.Fault("Invalid handler: `" + name + "'", null, false);
        Class<?> type;
        try {
            type = Class.forName(parts[0], true, loader);
        } catch (ClassNotFoundException error) {
            throw new Bootstrap.Fault("Class not found: " + parts[0], error, false);
        } catch (Throwable error) {
            String reason = error.getMessage() == null ? "" : ": " + error.getMessage();
            throw new Bootstrap.Fault("Error loading class " + parts[0] + reason, error, !(error instanceof NoClassDefFoundError));
        }
        if (parts.length == 2)
            return byMethod(type, parts[1], "No public method named " + parts[1] + " with appropriate method signature found on class " + parts[0]);
        if (!isA(type, "RequestStreamHandler") && !isA(type, "RequestHandler"))
            throw new Bootstrap.Fault("Class does not implement an appropriate handler interface: " + parts[0], null, false);
        return byMethod(type, "handleRequest", "Class " + parts[0] + " does not implement RequestHandler with concrete type parameters");
    }

    private static Handler byMethod(Class<?> type, String name, String otherwise) {
        Method[] methods;
        try {
            methods = type.getMethods();
        } catch (NoClassDefFoundError error) {
            throw new Bootstrap.Fault("Error loading method " + name + " on class " + type.getName(), error, false);
        }
        // The compiler's bridges come last; long signatures first, and those with a context before those without.
        Method method = Arrays.stream(methods)
            .filter(candidate -> candidate.getName().equals(name) && isPossible(candidate.getParameterTypes()))
            .min(Comparator.<Method>comparingInt(candidate -> candidate.isBridge() ? 1 : 0).thenComparingInt(candidate -> -weight(candidate)))
            .orElseThrow(() -> new Bootstrap.Fault(otherwise, null, false));
        method.setAccessible(true); // of a public method of a class that is not public
        Object instance = Modifier.isStatic(method.getModifiers()) ? null : instance(type);
        return (event, context) -> invoke(method, type, instance, event, context);
    }

    private static byte[] invoke(Method method, Class<?> type, Object instance, byte[] event, Object context) throws Throwable {
        Class<?>[] parameters = method.getParameterTypes();
        Object[] arguments = new Object[parameters.length];
        ByteArrayOutputStream output = null;
        boolean isStream = false;
        for (int index = 0; index < parameters.length; index++) {
            if (isContext(parameters[index])) {
                arguments[index] = context;
            } else if (parameters[index] == OutputStream.class) {
                arguments[index] = output = new ByteArrayOutputStream();
            } else if (parameters[index] == InputStream.class) {
                arguments[index] = new ByteArrayInputStream(event);
                isStream = true;
            } else {
                arguments[index] = parsed(event, Types.resolved(method.getGenericParameterTypes()[index], method.getDeclaringClass(), type));
            }
        }
        Object result;
        try {
            result = method.invoke(instance, arguments);
        } catch (InvocationTargetException error) {
            throw error.getCause() == null ? error : error.getCause();
        }
        if (output != null)
            return output.toByteArray();
        if (isStream && method.getReturnType() == void.class)
            return new byte[0];
        try {
            return Json.write(Types.plain(result));
        } catch (Throwable error) {
            throw new RuntimeException("An error occurred during JSON serialization of response", error);
        }
    }

    private static Object parsed(byte[] event, Type type) {
        try {
            return Types.convert(Json.parse(new String(event, java.nio.charset.StandardCharsets.UTF_8)), type);
        } catch (Throwable error) {
            throw new RuntimeException("An error occurred during JSON parsing", error);
        }
    }

    private static Object instance(Class<?> type) {
        Constructor<?> constructor;
        try {
            constructor = type.getConstructor();
        } catch (NoSuchMethodException error) {
            boolean isInner = type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers());
            throw new Bootstrap.Fault(
                "Class " + type.getName() + (isInner ? " cannot be instantiated because it is a non-static inner class" : " has no public zero-argument constructor"),
                new Exception(error.getMessage()), false);
        }
        try {
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException error) {
            Throwable cause = error.getCause() == null ? error : error.getCause();
            throw new Bootstrap.Fault(Bootstrap.Fault.messageOf(cause), cause, true);
        } catch (ReflectiveOperationException error) {
            throw new Bootstrap.Fault(Bootstrap.Fault.messageOf(error), error, false);
        }
    }

    private static int weight(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return parameters.length + (parameters.length > 0 && isContext(parameters[parameters.length - 1]) ? 1 : 0);
    }

    // (input, OutputStream, Context), from which either may be missing.
    private static boolean isPossible(Class<?>[] parameters) {
        int count = parameters.length;
        if (count > 0 && isContext(parameters[count - 1]))
            count--;
        boolean hasOutput = count > 0 && parameters[count - 1] == OutputStream.class;
        if (hasOutput)
            count--;
        return count == 0 || (count == 1 && !isContext(parameters[0]) && (!hasOutput || parameters[0] == InputStream.class));
    }

    private static boolean isContext(Class<?> type) {
        return type.getName().equals(LambdaContext.PACKAGE + "Context");
    }

    private static boolean isA(Class<?> type, String name) {
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            for (Class<?> other : one.getInterfaces()) {
                if (other.getName().equals(LambdaContext.PACKAGE + name) || isA(other, name))
                    return true;
            }
        }
        return false;
    }
}
