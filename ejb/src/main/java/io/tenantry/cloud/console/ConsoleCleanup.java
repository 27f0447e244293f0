package io.tenantry.cloud.console;

import io.tenantry.cloud.console.ConsoleSlots.ConsoleSlot;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.audit.RequestOrigin;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;

/** Cleans up after a console: its slot is released immediately, and the audit record is written as soon as a thread is available. */
@ApplicationScoped
public class ConsoleCleanup {
    @Inject
    ConsoleSlots consoleSlots;

    @Inject
    AuditTrail audit;

    /** Returns the cleanup task; called by the current user in the request that opened the console. */
    Runnable of(ConsoleSlot consoleSlot, Executor later) {
        var origin = RequestOrigin.current();
        return () -> {
            consoleSlots.leave(consoleSlot);
            var facts = facts(consoleSlot.console());
            later.execute(() -> {
                try (var actorScope = Actors.enter(consoleSlot.person());
                        var enteredScope = Tenancy.enter(consoleSlot.scope())) {
                    origin.ifPresent(RequestOrigin::enter);
                    audit.record(
                            "console.closed", "service", consoleSlot.serviceId().toString(), facts);
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
                "shown", String.valueOf(console.outputBytes()),
                "end", console.ended().map(ConsoleEndReason::name).orElse("").toLowerCase(Locale.ROOT));
    }
}
