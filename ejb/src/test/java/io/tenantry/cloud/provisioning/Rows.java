package io.tenantry.cloud.provisioning;

import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.persistence.Column;
import jakarta.persistence.EntityManager;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of JPA that {@link Services} uses, within one transaction: a service is read under its lock and written back in its state. */
final class Rows {
    private static final List<Field> FIELDS = Stream.of(Service.class.getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
            .toList();

    private static final List<Field> CHANGING = FIELDS.stream()
            .filter(field -> !field.getName().equals("id") && !field.getName().equals("version"))
            .toList();

    private final Sql sql;
    private final Map<UUID, Service> known = new LinkedHashMap<>();

    private Rows(Sql sql) {
        this.sql = sql;
    }

    /** Returns an entity manager for one transaction. */
    static EntityManager over(Sql sql) {
        var rows = new Rows(sql);
        return (EntityManager) Proxy.newProxyInstance(
                Rows.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> rows.find((UUID) arguments[1]);
                    case "persist" -> rows.persist((Service) arguments[0]);
                    case "flush" -> rows.flush();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private @Nullable Service find(UUID id) {
        var found = sql.first("select * from service where id = ? for no key update", Rows::service, id);
        found.ifPresent(service -> known.put(id, service));
        return found.orElse(null);
    }

    private @Nullable Object persist(Service service) {
        var names = FIELDS.stream().map(Rows::column).collect(Collectors.joining(", "));
        var marks = FIELDS.stream().map(field -> "?").collect(Collectors.joining(", "));
        sql.update(
                "insert into service (" + names + ") values (" + marks + ")",
                values(FIELDS, service).toArray());
        known.put(service.id(), service);
        return null;
    }

    private @Nullable Object flush() {
        var changes = CHANGING.stream().map(field -> column(field) + " = ?").collect(Collectors.joining(", "));
        for (var service : known.values()) {
            var values = new ArrayList<>(values(CHANGING, service));
            values.add(service.id());
            if (sql.update("update service set " + changes + ", version = version + 1 where id = ?", values.toArray())
                    != 1) {
                throw new IllegalStateException("service " + service.id() + " is gone");
            }
        }
        return null;
    }

    private static List<@Nullable Object> values(List<Field> fields, Service service) {
        var values = new ArrayList<@Nullable Object>();
        for (var field : fields) {
            values.add(value(field, service));
        }
        return values;
    }

    private static @Nullable Object value(Field field, Service service) {
        try {
            field.setAccessible(true);
            return field.get(service);
        } catch (IllegalAccessException impossible) {
            throw new LinkageError(field.getName(), impossible);
        }
    }

    private static Service service(Row row) {
        var service = new Service();
        for (var field : FIELDS) {
            try {
                field.setAccessible(true);
                field.set(service, value(field, row));
            } catch (IllegalAccessException impossible) {
                throw new LinkageError(field.getName(), impossible);
            }
        }
        return service;
    }

    private static @Nullable Object value(Field field, Row row) {
        var column = column(field);
        if (field.getType() == UUID.class) {
            return row.uuid(column);
        }
        if (field.getType() == Instant.class) {
            return row.maybeInstant(column).orElse(null);
        }
        if (field.getType() == int.class) {
            return row.whole(column);
        }
        if (field.getType() == boolean.class) {
            return row.flag(column);
        }
        var text = row.maybeText(column).orElse(null);
        return text == null || !field.getType().isEnum() ? text : constant(field, text);
    }

    private static Object constant(Field field, String name) {
        return Stream.of(Objects.requireNonNull(field.getType().getEnumConstants()))
                .filter(one -> one.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String column(Field field) {
        var named = field.getAnnotation(Column.class);
        return named == null || named.name().isEmpty() ? field.getName() : named.name();
    }
}
