package io.tenantry.admin.startup;

import io.tenantry.admin.platform.DemoJourney;
import io.tenantry.admin.platform.Tenants;
import io.tenantry.cloud.provider.sandbox.SandboxProvider;
import io.tenantry.config.Settings;
import io.tenantry.config.StartRefusal;
import io.tenantry.health.Readiness;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.tenancy.OutdatedDatabase;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * The first step of the application: checks the settings, migrates every schema, removes incomplete tenants and ensures that the platform has
 * an owner. Only then is the application ready; a demo must be created in addition.
 */
@Singleton
@jakarta.ejb.Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Startup {
    private static final System.Logger LOG = System.getLogger(Startup.class.getName());

    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    @Inject
    Settings settings;

    @Inject
    Tenants tenants;

    @Inject
    DemoJourney journey;

    @Inject
    TimeZoneCheck timeZones;

    @Inject
    Readiness readiness;

    @Inject
    SandboxProvider sandbox;

    /** Injected here, so that an invalid key file stops the start. */
    @Inject
    Vault vault;

    @PostConstruct
    void start() {
        if (!vault.isReady()) {
            LOG.log(System.Logger.Level.WARNING, "TENANTRY_SECRET_KEYS_FILE is not set: secrets cannot be stored");
        }
        // The job repository, which opens concurrently, waits longer (install.cli): it is available when this is done,
        // or the process exits.
        var startupRetry = new StartupRetry(settings.databaseWait(), PAUSE_MAX);
        try (var stop = StopDuringStart.listen()) {
            startupRetry.until(
                    this::prepare,
                    () -> {
                        readiness.doing(Readiness.AWAY);
                        stop.waits();
                    },
                    stop::isStopping);
        } catch (RuntimeException failure) {
            OutdatedDatabase.behind(failure)
                    .ifPresent(outdated -> StartRefusal.because(String.valueOf(outdated.getMessage())));
            if (DatabaseUnavailable.isBehind(failure)) {
                StartRefusal.startAgain("the database could not be reached for "
                        + startupRetry.atMost().toSeconds() + " s, the server ends: " + failure.getMessage());
            }
            readiness.failed("the start failed, see the log");
            throw failure;
        }
        if (settings.sandbox() || settings.demo()) {
            sandbox.wake();
        }
        readiness.migrated();
        if (settings.demo()) {
            LOG.log(System.Logger.Level.INFO, "schemas are up to date; the demo follows node={0}", settings.node());
        } else {
            readiness.ready();
            LOG.log(System.Logger.Level.INFO, "ready node={0}", settings.node());
        }
    }

    private void prepare() {
        // Also while another node does it, whose lock this one waits for.
        readiness.doing("bringing the schemas up to date");
        tenants.migrateAll();
        journey.resume();
        tenants.ensureOwner();
        timeZones
                .differences()
                .forEach(difference -> LOG.log(
                        System.Logger.Level.WARNING,
                        "update the time zone data of Java and PostgreSQL: {0}",
                        difference));
    }

    @PreDestroy
    void stop() {
        readiness.stopping();
    }
}
