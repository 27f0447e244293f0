package io.tenantry.cloud.console;

import io.tenantry.cloud.console.ConsoleSlots.Seat;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.audit.RequestOrigin;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;

/** What is done when a console is over: its place is left at once, and a record as soon as somebody is free to write it. */
@ApplicationScoped
public class ConsoleCleanup {
    @Inject
    ConsoleSlots consoleSlots;

    @Inject
    AuditTrail audit;

    /** To be asked for by the one who acts, in the request that opened it. */
    Runnable of(Seat seat, Executor later) {
        var origin = RequestOrigin.current();
        return () -> {
            consoleSlots.leave(seat);
            var facts = facts(seat.console());
            later.execute(() -> {
                try (var acting = Actors.enter(seat.person());
                        var entered = Tenancy.enter(seat.scope())) {
                    origin.ifPresent(RequestOrigin::enter);
                    audit.record("console.closed", "service", seat.serviceId().toString(), facts);
                } finally {
                    RequestOrigin.clear();
                }
            });
        };
    }

    private static Map<String, String> facts(Console console) {
        return Map.of(
                "seconds", String.valueOf(console.age().toSeconds()),
                "typed", String.valueOf(console.typedBytes()),
                "shown", String.valueOf(console.saidBytes()),
                "end", console.ended().map(ConsoleEndReason::name).orElse("").toLowerCase(Locale.ROOT));
    }
}
