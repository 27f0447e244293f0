package io.tenantry.people.identity;

import io.tenantry.kernel.audit.RequestOrigin;
import io.tenantry.kernel.limits.FairThreads;
import io.tenantry.kernel.limits.FairThreads.Applicant;
import io.tenantry.kernel.limits.FairThreads.Limits;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which requested links are created, after the response. They are not work items: operators request links as well, and items belong
 * to a tenant. What a node has not done when it dies is lost, as a mail may be; the person requests another link.
 */
@ApplicationScoped
public class PasswordResetThreads {
    private static final System.Logger LOG = System.getLogger(PasswordResetThreads.class.getName());
    private static final Limits RUNNING = new Limits(3, 2, 1);

    /** A network address may make ten requests in a quarter of an hour. */
    private static final Limits WAITING = new Limits(500, 100, 10);

    private static final Duration FAREWELL = Duration.ofSeconds(3);

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    @Nullable
    ManagedThreadFactory managedThreads;

    private @Nullable FairThreads threads;

    /** For the container. */
    public PasswordResetThreads() {}

    PasswordResetThreads(ThreadFactory factory) {
        threads = new FairThreads(Executors.newCachedThreadPool(factory), RUNNING, WAITING);
    }

    @PostConstruct
    void begin() {
        threads = new FairThreads(Executors.newCachedThreadPool(managedThreads), RUNNING, WAITING);
    }

    /** Ends the threads once their present work is done. */
    @PreDestroy
    void end() {
        if (threads != null) {
            threads.end(FAREWELL);
        }
    }

    /** Does the work on another thread, for the same scope, actor and origin. */
    public void execute(String network, Runnable work) {
        var scope = Tenancy.scope();
        var actor = Actors.current();
        var origin = RequestOrigin.current();
        if (threads == null || !threads.execute(new Applicant(scope, network), () -> run(scope, actor, origin, work))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a request for a password link was dropped: too many wait tenant={0}",
                    scope.label());
        }
    }

    private static void run(Scope scope, Optional<Actor> actor, Optional<RequestOrigin> origin, Runnable work) {
        try (var enteredScope = Tenancy.enter(scope)) {
            origin.ifPresent(RequestOrigin::enter);
            if (actor.isPresent()) {
                try (var actorScope = Actors.enter(actor.get())) {
                    work.run();
                }
            } else {
                work.run();
            }
        } catch (RuntimeException failure) {
            DatabaseUnavailable.report(LOG, "a requested password link was not created", failure);
        } finally {
            RequestOrigin.clear();
        }
    }
}
