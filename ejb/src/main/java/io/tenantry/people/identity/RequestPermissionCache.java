package io.tenantry.people.identity;

import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that only looks. A page offers what its person may do in a dozen places, and each use case that fills it asks again: within
 * such a request {@link Access} asks the database once and remembers what it heard, of each person in each scope, until the request ends.
 * Requests that change something, programs with a key, jobs and tests have none, and the database is asked each time.
 *
 * <p>Two seconds at most, as long as whose session it is: a file that is fetched slowly does not outlive a right. Bound to the thread
 * like {@link CurrentApiKey}.
 */
public final class RequestPermissionCache {
    private static final Duration REMEMBERED = Duration.ofSeconds(2);
    private static final ThreadLocal<@Nullable RequestPermissionCache> CURRENT = new ThreadLocal<>();

    private final long beganAtNanos = System.nanoTime();
    private final Map<CacheKey, Object> answers = new HashMap<>();

    private RequestPermissionCache() {}

    private record CacheKey(Scope scope, Actor actor, String question) {}

    /** The request that this thread serves only looks. */
    public static void begin() {
        CURRENT.set(new RequestPermissionCache());
    }

    /** Nothing is remembered any more: at the end of a request, and where one begins that does more than look. */
    public static void end() {
        CURRENT.remove();
    }

    /** Whether what is asked now is remembered. */
    static boolean isOn() {
        return current().isPresent();
    }

    /** The answer to a question about the actor in the current scope; the same question has answers of the same type. */
    @SuppressWarnings("unchecked")
    static <T> T once(Actor actor, String question, Supplier<T> ask) {
        var glance = current();
        if (glance.isEmpty()) {
            return ask.get();
        }
        var cacheKey = new CacheKey(Tenancy.scope(), actor, question);
        var known = glance.get().answers.get(cacheKey);
        if (known != null) {
            return (T) known;
        }
        var answer = ask.get();
        glance.get().answers.put(cacheKey, answer);
        return answer;
    }

    /** Remembers what became known by asking something else. */
    static void keep(Actor actor, String question, Object answer) {
        current()
                .ifPresent(requestPermissionCache ->
                        requestPermissionCache.answers.put(new CacheKey(Tenancy.scope(), actor, question), answer));
    }

    private static Optional<RequestPermissionCache> current() {
        return Optional.ofNullable(CURRENT.get())
                .filter(requestPermissionCache ->
                        System.nanoTime() - requestPermissionCache.beganAtNanos < REMEMBERED.toNanos())
                .filter(requestPermissionCache -> CurrentApiKey.current().isEmpty());
    }
}
