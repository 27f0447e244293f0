package io.tenantry.cloud.provisioning;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.launch.ScriptTemplate;
import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.people.identity.SelfOnly;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Launch configurations of servers: resolved when a server is ordered, and stored as they were then, so that later changes and deletions do not
 * affect the order. Joins the caller's transaction.
 */
@ApplicationScoped
public class LaunchConfigs {
    @Inject
    Sql sql;

    @Inject
    ProvisioningTargets provisioningTargets;

    @Inject
    Images images;

    @Inject
    SshKeys keys;

    @Inject
    StartupScripts scripts;

    /** For the container. */
    public LaunchConfigs() {}

    /** For use outside a container. */
    LaunchConfigs(
            Sql sql, ProvisioningTargets provisioningTargets, Images images, SshKeys keys, StartupScripts scripts) {
        this.sql = sql;
        this.provisioningTargets = provisioningTargets;
        this.images = images;
        this.keys = keys;
        this.scripts = scripts;
    }

    /** The result of resolving a configuration. */
    sealed interface Resolution {
        /** Everything was found. */
        record All(
                Optional<ProvisioningTarget.Placement> place,
                String image,
                List<SshKeys.Key> keys,
                Optional<StartupScripts.Script> script,
                Optional<String> filled)
                implements Resolution {
            String[] keyNames() {
                return keys.stream().map(SshKeys.Key::name).toArray(String[]::new);
            }

            String[] keyLines() {
                return keys.stream().map(SshKeys.Key::line).toArray(String[]::new);
            }

            @Nullable
            String scriptName() {
                return script.map(StartupScripts.Script::name).orElse(null);
            }
        }

        /** Something was not found. */
        record Unresolved(ServiceOrders.Outcome why) implements Resolution {}
    }

    /**
     * The data that a server is given when it is created.
     *
     * @param keys lines as in authorized_keys
     * @param script with its fields filled in
     */
    public record LaunchPayload(List<String> keys, Optional<String> script) {
        static final LaunchPayload NOTHING = new LaunchPayload(List.of(), Optional.empty());
    }

    /**
     * Resolves the configuration of an order. Keys and scripts are refused while impersonating a customer: they would give access to the data
     * of the server and of volumes attached to it.
     *
     * @param place where the server would be created; empty if no provider creates it
     */
    Resolution find(Order order, Plan.Size size, Optional<ProvisioningTarget.Placement> place) {
        var wanted = order.launchConfig();
        if (!wanted.keys().isEmpty() || wanted.script().isPresent()) {
            SelfOnly.require("ssh keys and startup scripts");
        }
        var there = place;
        if (!wanted.image().isEmpty()) {
            there = place.flatMap(one -> images.code(one, size, wanted.image()).map(one::with));
            if (there.isEmpty()) {
                return new Resolution.Unresolved(new ServiceOrders.Outcome.ImageNotFound());
            }
        }
        var chosen =
                wanted.keys().isEmpty() ? List.<SshKeys.Key>of() : keys.these(order.organizationId(), wanted.keys());
        if (chosen.size() < wanted.keys().size()) {
            return new Resolution.Unresolved(new ServiceOrders.Outcome.SshKeyNotFound());
        }
        if (wanted.script().isPresent()
                && there.filter(provisioningTargets::refuseScripts).isPresent()) {
            return new Resolution.Unresolved(new ServiceOrders.Outcome.ScriptsUnsupported());
        }
        var script = wanted.script().flatMap(id -> scripts.that(order.organizationId(), id));
        if (script.isPresent() != wanted.script().isPresent()) {
            return new Resolution.Unresolved(new ServiceOrders.Outcome.ScriptNotFound());
        }
        if (script.isEmpty()) {
            return new Resolution.All(there, wanted.image(), chosen, script, Optional.empty());
        }
        var filled = new ScriptTemplate(script.get().text()).fill(wanted.answers());
        if (filled instanceof ScriptTemplate.Filled.Complete complete) {
            return new Resolution.All(there, wanted.image(), chosen, script, Optional.of(complete.text()));
        }
        return new Resolution.Unresolved(
                filled instanceof ScriptTemplate.Filled.MissingAnswers missingAnswers
                        ? new ServiceOrders.Outcome.MissingAnswers(missingAnswers.fields())
                        : new ServiceOrders.Outcome.ScriptTooLong());
    }

    /** Stores the choices with the service; nothing if there are none. */
    void keep(UUID serviceId, Resolution.All found) {
        if (found.image().isEmpty() && found.keys().isEmpty() && found.script().isEmpty()) {
            return;
        }
        sql.update(
                """
                insert into service_launch_config (service_id, image, key_names, keys, script_name, script)
                values (?, ?, ?, ?, ?, ?)
                """,
                serviceId,
                found.image(),
                found.keyNames(),
                found.keyLines(),
                found.scriptName(),
                found.filled().orElse(null));
    }
}
