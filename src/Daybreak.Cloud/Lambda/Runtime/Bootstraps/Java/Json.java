package daybreak.lambda;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON as maps, lists, strings, numbers, booleans and null, and writes them. */
final class Json {
    private static final int DEEPEST = 1000;

    private final String text;
    private int position;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.space();
        if (json.position < text.length())
            throw json.unexpected();
        return value;
    }

    static byte[] write(Object value) {
        StringBuilder text = new StringBuilder();
        write(text, value);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(StringBuilder text, Object value) {
        if (value instanceof String string) {
            writeString(text, string);
        } else if (value instanceof Map<?, ?> map) {
            char separator = '{';
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(separator);
                writeString(text, String.valueOf(entry.getKey()));
                write(text.append(':'), entry.getValue());
                separator = ',';
            }
            text.append(separator == '{' ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            char separator = '[';
            for (Object item : list) {
                write(text.append(separator), item);
                separator = ',';
            }
            text.append(separator == '[' ? "[]" : "]");
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number))
                text.append(value);
            else
                writeString(text, value.toString()); // as Jackson does
        } else {
            text.append(value); // a number, a boolean or null
        }
    }

    private static void writeString(StringBuilder text, String value) {
        text.append('"');
        for (int index = 0; index < value.length(); index++) {
            char letter = value.charAt(index);
            switch (letter) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (letter < ' ')
                        text.append(String.format("\\u%04X", (int) letter));
                    else
                        text.append(letter);
                }
            }
        }
        text.append('"');
    }

    private Object value() {
        space();
        if (position == text.length())
            throw unexpected();
        switch (text.charAt(position)) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            case 't':
                return word("true", true);
            case 'f':
                return word("false", false);
            case 'n':
                return word("null", null);
            default:
                return number();
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> map = new LinkedHashMap<>();
        enter();
        if (!ends('}')) {
            do {
                space();
                String name = string();
                space();
                expect(':');
                map.put(name, value());
            } while (continues('}'));
        }
        depth--;
        return map;
    }

    private List<Object> array() {
        List<Object> list = new ArrayList<>();
        enter();
        if (!ends(']')) {
            do
                list.add(value());
            while (continues(']'));
        }
        depth--;
        return list;
    }

    private void enter() {
        position++;
        if (++depth > DEEPEST)
            throw new IllegalArgumentException("Document nesting depth (" + depth + ") exceeds the maximum allowed (" + DEEPEST + ")");
    }

    private boolean ends(char bracket) {
        space();
        if (position == text.length() || text.charAt(position) != bracket)
            return false;
        position++;
        return true;
    }

    private boolean continues(char bracket) {
        if (ends(bracket))
            return false;
        expect(',');
        return true;
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (position < text.length()) {
            char letter = text.charAt(position++);
            if (letter == '"')
                return value.toString();
            if (letter != '\\') {
                value.append(letter);
                continue;
            }
            if (position == text.length())
                break;
            letter = text.charAt(position++);
            int plain = "bfnrt".indexOf(letter);
            if (letter == 'u' && position + 4 <= text.length()) {
                value.append((char) Integer.parseInt(text.substring(position, position + 4), 16));
                position += 4;
            } else {
                value.append(plain < 0 ? letter : "\b\f\n\r\t".charAt(plain));
            }
        }
        throw unexpected();
    }

    private Object number() {
        int start = position;
        boolean isWhole = true;
        while (position < text.length() && "+-.0123456789eE".indexOf(text.charAt(position)) >= 0) {
            isWhole &= ".eE".indexOf(text.charAt(position)) < 0;
            position++;
        }
        if (start == position)
            throw unexpected();
        String digits = text.substring(start, position);
        if (!isWhole)
            return new BigDecimal(digits);
        if (digits.length() > 18)
            return new BigInteger(digits);
        long value = Long.parseLong(digits);
        if (value == (int) value)
            return (int) value;
        return value;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, position))
            throw unexpected();
        position += word.length();
        return value;
    }

    private void expect(char letter) {
        if (position == text.length() || text.charAt(position) != letter)
            throw unexpected();
        position++;
    }

    private void space() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0)
            position++;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(
            position == text.length() ? "Unexpected end-of-input" : "Unexpected character ('" + text.charAt(position) + "') at " + position);
    }
}
