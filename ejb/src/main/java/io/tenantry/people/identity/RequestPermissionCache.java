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
 * The permission cache of a read-only request. A page shows what its person may do in a dozen places, and each use case that fills it checks
 * again: within such a request {@link Access} queries the database once and caches the answer, by person and scope, until the request ends.
 * Requests that change something, programs with a key, jobs and tests have no cache, and the database is queried each time.
 *
 * <p>An entry lives two seconds at most, like the cached owner of a session: a slow download does not outlive a permission. Bound to the thread
 * like {@link CurrentApiKey}.
 */
public final class RequestPermissionCache {
    private static final Duration REMEMBERED = Duration.ofSeconds(2);
    private static final ThreadLocal<@Nullable RequestPermissionCache> CURRENT = new ThreadLocal<>();

    private final long beganAtNanos = System.nanoTime();
    private final Map<CacheKey, Object> answers = new HashMap<>();

    private RequestPermissionCache() {}

    private record CacheKey(Scope scope, Actor actor, String question) {}

    /** Marks this thread's request as read-only. */
    public static void begin() {
        CURRENT.set(new RequestPermissionCache());
    }

    /** Clears the cache: at the end of a request, and where one begins that is not read-only. */
    public static void end() {
        CURRENT.remove();
    }

    /** Whether answers are cached now. */
    static boolean isOn() {
        return current().isPresent();
    }

    /**
     * Returns the answer to a question about the actor in the current scope, cached; the same question always has answers of the same type.
     */
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

    /** Caches an answer that another query yielded. */
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
