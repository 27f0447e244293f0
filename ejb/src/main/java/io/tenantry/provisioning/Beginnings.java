package io.tenantry.provisioning;

import io.tenantry.catalog.Plan;
import io.tenantry.launch.ScriptText;
import io.tenantry.launch.SshKeys;
import io.tenantry.launch.StartScripts;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What servers begin with: looked up when they are ordered, and kept with them as it was then, so that nothing that is changed or deleted
 * later changes what was ordered. Joins the caller's transaction.
 */
@ApplicationScoped
public class Beginnings {
    @Inject
    Sql sql;

    @Inject
    Upstreams upstreams;

    @Inject
    Images images;

    @Inject
    SshKeys keys;

    @Inject
    StartScripts scripts;

    /** For the container. */
    public Beginnings() {}

    /** For use outside a container. */
    Beginnings(Sql sql, Upstreams upstreams, Images images, SshKeys keys, StartScripts scripts) {
        this.sql = sql;
        this.upstreams = upstreams;
        this.images = images;
        this.keys = keys;
        this.scripts = scripts;
    }

    /** What came of looking things up. */
    sealed interface Found {
        /** All is there. */
        record All(
                Optional<Upstream.Place> place,
                String image,
                List<SshKeys.Key> keys,
                Optional<StartScripts.Script> script,
                Optional<String> filled)
                implements Found {
            String[] keyNames() {
                return keys.stream().map(SshKeys.Key::name).toArray(String[]::new);
            }

            String[] keyLines() {
                return keys.stream().map(SshKeys.Key::line).toArray(String[]::new);
            }

            @Nullable
            String scriptName() {
                return script.map(StartScripts.Script::name).orElse(null);
            }
        }

        /** Something is not. */
        record Not(Services.Outcome why) implements Found {}
    }

    /**
     * What a server is handed when it is made.
     *
     * @param keys lines as in authorized_keys
     * @param script with what was filled in
     */
    public record Handed(List<String> keys, Optional<String> script) {
        static final Handed NOTHING = new Handed(List.of(), Optional.empty());
    }

    /**
     * Looks up what an order names.
     *
     * @param place where the server would be made; empty if nobody makes it
     */
    Found find(Order order, Plan.Size size, Optional<Upstream.Place> place) {
        var wanted = order.beginning();
        var there = place;
        if (!wanted.image().isEmpty()) {
            there = place.flatMap(one -> images.code(one, size, wanted.image()).map(one::with));
            if (there.isEmpty()) {
                return new Found.Not(new Services.Outcome.NoSuchImage());
            }
        }
        var chosen =
                wanted.keys().isEmpty() ? List.<SshKeys.Key>of() : keys.these(order.organizationId(), wanted.keys());
        if (chosen.size() < wanted.keys().size()) {
            return new Found.Not(new Services.Outcome.NoSuchKey());
        }
        if (wanted.script().isPresent()
                && there.filter(upstreams::refuseScripts).isPresent()) {
            return new Found.Not(new Services.Outcome.NoScripts());
        }
        var script = wanted.script().flatMap(id -> scripts.that(order.organizationId(), id));
        if (script.isPresent() != wanted.script().isPresent()) {
            return new Found.Not(new Services.Outcome.NoSuchScript());
        }
        if (script.isEmpty()) {
            return new Found.All(there, wanted.image(), chosen, script, Optional.empty());
        }
        var filled = new ScriptText(script.get().text()).fill(wanted.answers());
        if (filled instanceof ScriptText.Filled.Complete complete) {
            return new Found.All(there, wanted.image(), chosen, script, Optional.of(complete.text()));
        }
        return new Found.Not(
                filled instanceof ScriptText.Filled.Lacking lacking
                        ? new Services.Outcome.Unanswered(lacking.fields())
                        : new Services.Outcome.ScriptTooLong());
    }

    /** Keeps what was chosen with the service; nothing if nothing was. */
    void keep(UUID serviceId, Found.All found) {
        if (found.image().isEmpty() && found.keys().isEmpty() && found.script().isEmpty()) {
            return;
        }
        sql.update(
                """
                insert into service_beginning (service_id, image, key_names, keys, script_name, script)
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
