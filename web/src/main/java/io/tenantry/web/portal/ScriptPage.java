package io.tenantry.web.portal;

import io.tenantry.cloud.launch.ScriptTemplate;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.undo.UndoAction;
import io.tenantry.web.undo.UndoActions;
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

/** A start-up script: a new or an existing one. */
@Named
@ViewScoped
public class ScriptPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Access access;

    @Inject
    StartupScripts scripts;

    @Inject
    UndoActions undoActions;

    @Inject
    Format format;

    private @Nullable String parameter;
    private @Nullable UUID organizationId;
    private @Nullable UUID id;
    private String name = "";
    private String text = "";

    /** Loads the script, if the address names one. */
    public void open() {
        PageResult.load(() -> {
            if (parameter == null) {
                var mine = organization.getId();
                if (!access.allowsIn(mine, Permission.VPS_CREATE)) {
                    throw new AccessDeniedException(Permission.VPS_CREATE);
                }
                organizationId = mine;
                return;
            }
            var script = scripts.one(PageResult.id("script", parameter));
            organizationId = script.organizationId();
            id = script.id();
            name = script.name();
            text = script.text();
        });
    }

    /** Saves the input; shows it again, with the fields that it now has. */
    public void save() {
        var outcome = scripts.keep(PageResult.opened(organizationId), Optional.ofNullable(id), name, text);
        if (outcome instanceof StartupScripts.Outcome.Saved saved) {
            PageResult.go("/portal/script?id=" + saved.script().id(), format.text("script.saved", name.strip()));
        } else if (outcome instanceof StartupScripts.Outcome.BadText bad) {
            PageResult.refuse(
                    "script:words",
                    format.text("script.fault." + bad.fault().name().toLowerCase(Locale.ROOT), most(bad.fault())));
        } else if (outcome instanceof StartupScripts.Outcome.BadName bad) {
            PageResult.refuse(
                    "script:name",
                    format.text(bad.isTaken() ? "script.fault.taken" : "ssh.fault.name", StartupScripts.NAME_MAX));
        } else {
            PageResult.refuse("script:words", format.text("script.fault.many", StartupScripts.SCRIPTS_MAX));
        }
    }

    /** Deletes the script. */
    public void drop() {
        PageResult.load(() -> {
            var gone = scripts.drop(PageResult.id("script", parameter));
            PageResult.go(
                    "/portal/scripts",
                    format.text("script.dropped", gone.name()),
                    undoActions.keep(new UndoAction.ScriptDeleted(gone)));
        });
    }

    /** Returns the fields of the script as it was last saved. */
    public List<ScriptTemplate.Field> getFields() {
        return id == null ? List.of() : new ScriptTemplate(text).fields();
    }

    /** Whether the script is not saved yet. */
    public boolean isFresh() {
        return id == null;
    }

    private static int most(ScriptTemplate.Fault fault) {
        return fault == ScriptTemplate.Fault.FIELDS ? ScriptTemplate.FIELDS_MAX : ScriptTemplate.TEXT_MAX;
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
