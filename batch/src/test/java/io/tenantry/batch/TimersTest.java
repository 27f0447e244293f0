package io.tenantry.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all timers have in common. */
class TimersTest {
    static List<Class<?>> timers() throws IOException {
        return Classes.ofBatch().stream()
                .filter(type -> schedules(type).findAny().isPresent())
                .toList();
    }

    private static Stream<Method> schedules(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(Schedule.class));
    }

    @Test
    void timersAreFound() throws Exception {
        assertThat(timers()).hasSizeGreaterThan(15);
    }

    /** What a timer calls for its work has no database here: one that works fails. */
    @ParameterizedTest
    @MethodSource("timers")
    void noTimerWorksBeforeNodeIsReady(Class<?> type) throws Exception {
        var timer = type.getDeclaredConstructor().newInstance();
        for (var field : type.getDeclaredFields()) {
            if (field.isAnnotationPresent(Inject.class)) {
                field.setAccessible(true);
                field.set(timer, provided(field.getType()));
            }
        }
        for (var method : schedules(type).toList()) {
            method.setAccessible(true);
            assertThatCode(() -> fire(timer, method))
                    .as(type.getSimpleName() + "." + method.getName())
                    .doesNotThrowAnyException();
        }
    }

    private static void fire(Object timer, Method method) throws Throwable {
        try {
            method.invoke(timer);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }

    private static Object provided(Class<?> type) throws ReflectiveOperationException {
        var settings = new Settings(Map.of("tenantry.vies.url", "https://vies.example")::get, name -> null);
        if (type == Settings.class) {
            return settings;
        }
        if (type == Readiness.class) {
            return new Readiness();
        }
        var constructor = Arrays.stream(type.getDeclaredConstructors())
                .min(Comparator.comparing(Constructor::getParameterCount))
                .orElseThrow();
        constructor.setAccessible(true);
        var arguments = new ArrayList<>();
        for (var parameter : constructor.getParameterTypes()) {
            arguments.add(provided(parameter));
        }
        var bean = constructor.newInstance(arguments.toArray());
        for (var field : type.getDeclaredFields()) {
            if (field.isAnnotationPresent(Inject.class)
                    && (field.getType() == Settings.class || field.getType() == Readiness.class)) {
                field.setAccessible(true);
                field.set(bean, provided(field.getType()));
            }
        }
        return bean;
    }

    /** A persistent timer would be stored in a file of the node, and fire once for each tick missed while it was stopped. */
    @ParameterizedTest
    @MethodSource("timers")
    void noTimerIsPersistent(Class<?> type) {
        assertThat(schedules(type))
                .allMatch(method -> !method.getAnnotation(Schedule.class).persistent());
    }

    /** The use cases that a timer calls have their own transactions, one for each tenant or piece of work. */
    @ParameterizedTest
    @MethodSource("timers")
    void noTimerHasATransaction(Class<?> type) {
        var management = type.getAnnotation(TransactionManagement.class);
        if (management != null) {
            assertThat(management.value()).isEqualTo(TransactionManagementType.BEAN);
        } else {
            assertThat(type.getAnnotation(TransactionAttribute.class))
                    .isNotNull()
                    .extracting(TransactionAttribute::value)
                    .isEqualTo(TransactionAttributeType.NOT_SUPPORTED);
        }
    }

    /**
     * The container lets one method of such a bean run at a time: a heartbeat would wait for the nightly clean-up, and fail after five seconds.
     * A timer does not fire while it runs, so nothing needs the lock.
     */
    @ParameterizedTest
    @MethodSource("timers")
    void timersOfOneBeanRunConcurrently(Class<?> type) {
        assertThat(type).hasAnnotation(Singleton.class);
        if (schedules(type).count() > 1) {
            assertThat(type.getAnnotation(ConcurrencyManagement.class))
                    .isNotNull()
                    .extracting(ConcurrencyManagement::value)
                    .isEqualTo(ConcurrencyManagementType.BEAN);
        }
    }
}
