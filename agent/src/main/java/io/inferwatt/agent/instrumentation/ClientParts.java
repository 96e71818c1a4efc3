package io.inferwatt.agent.instrumentation;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a client of remote models sends its requests, from the parts it is made of: clients have no common way to ask.
 * By reflection, some tens of microseconds, so once a client. What cannot be read is not known; nothing is changed.
 */
public final class ClientParts {

    private static final int DEEPEST = 5;
    private static final int MOST_PARTS = 64;
    private static final Set<String> ADDRESSES =
            Set.of("baseurl", "baseuri", "endpoint", "apiendpoint", "apiurl", "url");
    private static final Set<String> REGIONS = Set.of("region", "location");

    private final Set<String> names;
    private @Nullable String found;

    private ClientParts(Set<String> lowerCaseNames) {
        names = lowerCaseNames;
    }

    /**
     * Returns the server behind a model of a framework. The provider stays empty if the client is set to an address that is not
     * the provider's.
     *
     * @param provider whom the client is made for; empty if nobody in particular
     */
    public static RemoteServer server(Object model, String provider) {
        String region = first(model, REGIONS);
        RemoteServer server =
                RemoteServer.of(provider, first(model, ADDRESSES), region == null ? regionOfAws(model) : region);
        return Providers.isAt(provider, server.host()) ? server : new RemoteServer("", server.host(), server.region());
    }

    /** Returns the text in one of the fields of the object itself; empty if there is none. */
    public static String text(Object object, String... fields) {
        for (String name : fields) {
            for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
                String text = textOf(read(type, name, object));
                if (text != null) {
                    return text;
                }
            }
        }
        return "";
    }

    /** Returns the value of a field of the object itself, the first that has one; null if there is none. */
    public static @Nullable Object part(Object object, String... fields) {
        for (String name : fields) {
            for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
                Object part = read(type, name, object);
                if (part != null) {
                    return part;
                }
            }
        }
        return null;
    }

    private static @Nullable String first(Object model, Set<String> lowerCaseNames) {
        ClientParts search = new ClientParts(lowerCaseNames);
        List<Object> level = List.of(model);
        int parts = 0;
        for (int depth = 0; depth < DEEPEST && search.found == null && parts < MOST_PARTS; depth++) {
            List<Object> next = new ArrayList<>();
            for (Object part : level) {
                search.look(part, next);
            }
            level = next;
            parts += next.size();
        }
        return search.found;
    }

    private void look(Object part, List<Object> next) {
        for (Class<?> type = part.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : fields(type)) {
                String name = field.getName().toLowerCase(Locale.ROOT);
                boolean isMeant = names.contains(name);
                if (found == null && (isMeant || leadsOn(name)) && !Modifier.isStatic(field.getModifiers())) {
                    Object value = value(field, part);
                    if (isMeant) {
                        found = textOf(value);
                    } else if (value != null && !value.getClass().getName().startsWith("java.")) {
                        next.add(value);
                    }
                }
            }
        }
    }

    /** What the parts that know the address are called in. */
    private static boolean leadsOn(String lowerCaseName) {
        return lowerCaseName.contains("client")
                || lowerCaseName.endsWith("api")
                || lowerCaseName.endsWith("service")
                || lowerCaseName.equals("uribuilderfactory")
                || lowerCaseName.equals("httpoptions");
    }

    private static Field[] fields(Class<?> type) {
        try {
            return type.getDeclaredFields();
        } catch (LinkageError incomplete) {
            return new Field[0];
        }
    }

    private static @Nullable Object read(Class<?> type, String field, Object object) {
        try {
            return value(type.getDeclaredField(field), object);
        } catch (NoSuchFieldException | LinkageError notThere) {
            return null;
        }
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notReachable) {
            return null;
        }
    }

    private static @Nullable String textOf(@Nullable Object value) {
        Object held = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        String text = null;
        if (held != null
                && (held instanceof String || held instanceof URI || held instanceof URL || isAwsRegion(held))) {
            text = held.toString();
        } else if (held != null && held.getClass().getSimpleName().endsWith("UriComponentsBuilder")) {
            text = textOf(asked(held, "toUriString"));
        }
        return text == null || text.isBlank() ? null : text;
    }

    private static boolean isAwsRegion(Object value) {
        return value.getClass().getName().equals("software.amazon.awssdk.regions.Region");
    }

    /** Amazon's clients keep their region in a table and tell it by a method. */
    private static String regionOfAws(Object model) {
        for (Class<?> type = model.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : fields(type)) {
                Object client =
                        field.getType().getName().startsWith("software.amazon.awssdk.") ? value(field, model) : null;
                Object configuration = client == null ? null : asked(client, "serviceClientConfiguration");
                String region = configuration == null ? null : textOf(asked(configuration, "region"));
                if (region != null) {
                    return region;
                }
            }
        }
        return "";
    }

    private static @Nullable Object asked(Object object, String method) {
        try {
            Method getter = object.getClass().getMethod(method);
            getter.setAccessible(true);
            return getter.invoke(object);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notReachable) {
            return null;
        }
    }
}
