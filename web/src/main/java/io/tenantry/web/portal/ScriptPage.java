package io.tenantry.web.portal;

import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.Permission;
import io.tenantry.launch.ScriptText;
import io.tenantry.launch.StartScripts;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.undo.Step;
import io.tenantry.web.undo.Undos;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One start-up script: a new one, or one that is there. */
@Named
@ViewScoped
public class ScriptPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Access access;

    @Inject
    StartScripts scripts;

    @Inject
    Undos undos;

    @Inject
    Fmt fmt;

    private @Nullable String parameter;
    private @Nullable UUID organizationId;
    private @Nullable UUID id;
    private String name = "";
    private String text = "";

    /** Looks for the script, if the address names one. */
    public void open() {
        Visit.look(() -> {
            if (parameter == null) {
                var mine = organization.getId();
                if (!access.allowsIn(mine, Permission.VPS_CREATE)) {
                    throw new AccessDenied(Permission.VPS_CREATE);
                }
                organizationId = mine;
                return;
            }
            var script = scripts.one(Visit.id("script", parameter));
            organizationId = script.organizationId();
            id = script.id();
            name = script.name();
            text = script.text();
        });
    }

    /** Keeps what was typed; shows it again, with what it now asks for. */
    public void save() {
        var outcome = scripts.keep(Visit.opened(organizationId), Optional.ofNullable(id), name, text);
        if (outcome instanceof StartScripts.Outcome.Kept kept) {
            Visit.go("/portal/script?id=" + kept.script().id(), fmt.text("script.saved", name.strip()));
        } else if (outcome instanceof StartScripts.Outcome.BadText bad) {
            Visit.refuse(
                    "script:words",
                    fmt.text("script.fault." + bad.fault().name().toLowerCase(Locale.ROOT), most(bad.fault())));
        } else if (outcome instanceof StartScripts.Outcome.BadName bad) {
            Visit.refuse(
                    "script:name",
                    fmt.text(bad.isTaken() ? "script.fault.taken" : "ssh.fault.name", StartScripts.NAME_MAX));
        } else {
            Visit.refuse("script:words", fmt.text("script.fault.many", StartScripts.SCRIPTS_MAX));
        }
    }

    /** Takes it away. */
    public void drop() {
        Visit.look(() -> {
            var gone = scripts.drop(Visit.id("script", parameter));
            Visit.go(
                    "/portal/scripts",
                    fmt.text("script.dropped", gone.name()),
                    undos.keep(new Step.ScriptDropped(gone)));
        });
    }

    /** What it asks for, as it was kept last. */
    public List<ScriptText.Field> getFields() {
        return id == null ? List.of() : new ScriptText(text).fields();
    }

    /** Whether it is not kept yet. */
    public boolean isFresh() {
        return id == null;
    }

    private static int most(ScriptText.Fault fault) {
        return fault == ScriptText.Fault.FIELDS ? ScriptText.FIELDS_MAX : ScriptText.TEXT_MAX;
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = Objects.requireNonNullElse(text, "");
    }
}
