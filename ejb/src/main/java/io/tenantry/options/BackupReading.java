package io.tenantry.options;

import io.tenantry.options.ServiceOption.State;
import io.tenantry.provider.Backups;
import io.tenantry.provider.Mark;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provisioning.Upstream;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads every hour which backups of a server its vendor has, as long as they are on. What does not answer is asked an hour later. */
@ApplicationScoped
public class BackupReading implements Worker {
    /** Its kind of work; the key is the option. */
    public static final String KIND = "backup-list";

    static final Duration EVERY = Duration.ofHours(1);

    @Inject
    OptionSteps steps;

    @Inject
    BackupSteps own;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public BackupReading() {}

    /** For use outside a container. */
    BackupReading(OptionSteps steps, BackupSteps own, Upstreams upstreams) {
        this.steps = steps;
        this.own = own;
        this.upstreams = upstreams;
    }

    static String keyOf(UUID option) {
        return WorkItems.ROUND + option;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var option = steps.read(work.subject());
        if (option.state() != State.ACTIVE) {
            return Outcome.done();
        }
        try {
            var home = upstreams.open(option.account());
            var backups = home.flatMap(BackupReading::backups);
            if (backups.isPresent() && option.serverId().isPresent()) {
                var id = option.serverId().get();
                var isAnothers = home.get().isAnothers(id, new Mark(option.serviceId()));
                own.list(work, isAnothers ? List.of() : backups.get().backups(id));
            }
        } catch (ProviderFailure silent) {
            return Outcome.later(silent.comeAgainIn()
                    .filter(pause -> pause.compareTo(EVERY) > 0)
                    .orElse(EVERY));
        }
        return Outcome.later(EVERY);
    }

    private static Optional<Backups> backups(Upstream.Home home) {
        return home.provider() instanceof Backups backups ? Optional.of(backups) : Optional.empty();
    }
}
