package io.tenantry.metrics;

import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.metrics.Remembered.Question;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Metrics;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.account.Patience;
import io.tenantry.provisioning.Service;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.provisioning.Whereabouts;
import io.tenantry.provisioning.Whereabouts.ServerAt;
import io.tenantry.provisioning.Whereabouts.Whereabout;
import io.tenantry.tenancy.Tenancy;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

/**
 * How busy a service's server is. The vendor is asked outside of any transaction, and a person waits no longer than for a page. The server
 * that has the number must bear no other service's mark.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Measurements {
    private static final System.Logger LOG = System.getLogger(Measurements.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    @Inject
    Whereabouts whereabouts;

    @Inject
    Access access;

    @Inject
    Upstreams upstreams;

    @Inject
    Remembered remembered;

    @Inject
    Queue queue;

    @Inject
    Clock clock;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    ExecutorService executor;

    /** What there is to show of a service, for the one who acts. */
    public Measured of(UUID serviceId, Span span) {
        return of(serviceId, span, PATIENCE);
    }

    Measured of(UUID serviceId, Span span, Duration limit) {
        var service = whereabouts.of(serviceId).orElseThrow(() -> new NotVisible("service", serviceId));
        access.requireIn(service.organizationId(), Permission.VPS_VIEW);
        var server = service.server();
        if (server.isEmpty() || !isThere(service)) {
            return new Measured.NoServer();
        }
        var question = new Question(Tenancy.tenant(), serviceId, span);
        var known = remembered.find(question, clock);
        if (known.isPresent()) {
            return known.get();
        }
        var measured = ask(question, server.get(), limit);
        remembered.keep(question, measured, clock);
        return measured;
    }

    private Measured ask(Question question, ServerAt server, Duration limit) {
        var now = clock.instant();
        try {
            var home = upstreams.open(server.account());
            if (home.isPresent() && home.get().provider() instanceof Metrics metrics) {
                return courses(question, home.get().provider(), metrics, server, now, limit);
            }
            return home.isPresent() ? new Measured.Never() : new Measured.Silent(now);
        } catch (ProviderFailure failure) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "service={0} is not measured now: {1}",
                    question.serviceId(),
                    failure.reason());
            return new Measured.Silent(now);
        }
    }

    private Measured courses(
            Question question, Provider provider, Metrics metrics, ServerAt server, Instant now, Duration limit) {
        var back = Duration.between(question.span().start(now), now);
        var account = question.tenant().value() + "/" + server.account();
        var mark = new Mark(question.serviceId());
        var told = new Patience(executor, limit)
                .ask(() -> queue.ask(account, () -> {
                    requireOurs(provider, server.id(), mark);
                    return metrics.measured(server.id(), now, back);
                }));
        return new Measured.Courses(
                told.stream()
                        .map(series -> Course.of(series, question.span(), now))
                        .filter(Course::isKnown)
                        .toList(),
                now);
    }

    /** Vendors give the number of a server that is gone to another: what that one does is nobody's here to see. */
    private static void requireOurs(Provider provider, String number, Mark mark) {
        if (provider.server(number).filter(one -> one.mayBe(mark)).isEmpty()) {
            throw new ProviderFailure(Reason.NOT_FOUND, "server " + number + " is gone, or another's by now");
        }
    }

    private static boolean isThere(Whereabout service) {
        return service.state() == Service.State.ACTIVE || service.state() == Service.State.SUSPENDED;
    }
}
