package io.tenantry.web.portal;

import io.tenantry.cloud.launch.ScriptTemplate;
import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.cloud.provisioning.DeletionLockedException;
import io.tenantry.cloud.provisioning.Images;
import io.tenantry.cloud.provisioning.InvalidStateException;
import io.tenantry.cloud.provisioning.LaunchConfig;
import io.tenantry.cloud.provisioning.Rebuilds;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rebuild of a server, in two steps: the configuration, which is in the address as with an order, and then the confirmation by the typed
 * name. For members and, below /staff, for staff.
 */
@Named
@ViewScoped
public class ServiceRebuildPage implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String IMAGE = "image";
    private static final String SCRIPT = "script";
    private static final String KEY = "key";
    private static final String STEP = "step";
    private static final int KEYS_MAX = 50;

    @Inject
    CurrentOrganization organization;

    @Inject
    HttpServletRequest request;

    @Inject
    Services services;

    @Inject
    Rebuilds rebuilds;

    @Inject
    SshKeys sshKeys;

    @Inject
    StartupScripts startupScripts;

    @Inject
    Access access;

    @Inject
    CurrentPerson me;

    @Inject
    PortalLabels portalLabels;

    @Inject
    Format format;

    private final Map<String, String> answers = new HashMap<>();
    private @Nullable String parameter;
    private @Nullable UUID id;
    private String typed = "";
    private transient Services.@Nullable Summary service;
    private transient @Nullable List<Images.Offered> offered;
    private transient @Nullable List<SshKeys.Key> keys;
    private transient @Nullable List<StartupScripts.Script> scripts;

    /** Loads the service, if the user may manage and delete it: rebuilding erases it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("service", parameter);
            service = services.one(known);
            organization.show(getService().organizationId());
            id = known;
            access.requireIn(getService().organizationId(), Permission.VPS_MANAGE);
            access.requireIn(getService().organizationId(), Permission.VPS_DELETE);
            if (isConfirming()) {
                getQuestions()
                        .forEach(field ->
                                answers.put(field.name(), field.byDefault().orElse("")));
            }
        });
    }

    public Services.Summary getService() {
        var known = service;
        if (known == null) {
            known = services.one(known());
            service = known;
        }
        return known;
    }

    /** Returns the action in progress on its server; empty if there is none. */
    public String getMeanwhile() {
        return portalLabels.meanwhile(getService());
    }

    // ---- configuration

    /** Whether it can be rebuilt at all. */
    public boolean isPossible() {
        return offered().isPresent();
    }

    /** Returns the images to choose from; empty if there is no choice. */
    public List<Images.Choice> getSystems() {
        return offered().map(Images.Offered::systems).orElse(List.of());
    }

    /** Whether a script can be run. */
    public boolean isScripted() {
        return offered().filter(Images.Offered::scripts).isPresent();
    }

    private Optional<Images.Offered> offered() {
        var known = offered;
        if (known == null) {
            known = rebuilds.offered(getService()).stream().toList();
            offered = known;
        }
        return known.stream().findFirst();
    }

    /** Returns the chosen image; empty for the current one. */
    public String getImage() {
        return Objects.requireNonNullElse(request.getParameter(IMAGE), "").strip();
    }

    /** Returns whether it is the chosen image, or the current one if none is chosen. */
    public boolean isChosen(Images.Choice choice) {
        return getImage().isEmpty() ? choice.isDefault() : choice.name().equals(getImage());
    }

    /** Returns the display name of the new image; empty if there is nothing to show. */
    public String getSystemName() {
        return getSystems().stream()
                .filter(this::isChosen)
                .map(Images.Choice::name)
                .findFirst()
                .orElse(getImage());
    }

    /** Returns the organization's scripts, if the user may run them: nobody who acts for a customer may. */
    public List<StartupScripts.Script> getScripts() {
        var known = scripts;
        if (known == null) {
            var organization = getService().organizationId();
            known = !me.isActing() && access.allowsIn(organization, Permission.VPS_CREATE)
                    ? startupScripts.of(organization)
                    : List.of();
            scripts = known;
        }
        return known;
    }

    /** Returns the chosen script, if it still exists. */
    public StartupScripts.@Nullable Script getScript() {
        return scriptId()
                .flatMap(wanted -> getScripts().stream()
                        .filter(script -> script.id().equals(wanted))
                        .findFirst())
                .orElse(null);
    }

    /** Returns the fields of the chosen script. */
    public List<ScriptTemplate.Field> getQuestions() {
        var script = getScript();
        return script == null ? List.of() : script.fields();
    }

    /** Returns the organization's keys, if the user may choose from them: nobody who acts for a customer may. */
    public List<SshKeys.Key> getKeys() {
        var known = keys;
        if (known == null) {
            var organization = getService().organizationId();
            known = !me.isActing() && access.allowsIn(organization, Permission.SSH_KEYS_VIEW)
                    ? sshKeys.of(organization)
                    : List.of();
            keys = known;
        }
        return known;
    }

    /** Returns whether a key is chosen. */
    public boolean isKeyChosen(SshKeys.Key one) {
        return keyIds().contains(one.id());
    }

    /** Returns the names of the chosen keys. */
    public String getKeyNames() {
        return getKeys().stream()
                .filter(this::isKeyChosen)
                .map(SshKeys.Key::name)
                .collect(Collectors.joining(", "));
    }

    private List<UUID> keyIds() {
        return Arrays.stream(Objects.requireNonNullElse(request.getParameterValues(KEY), new String[0]))
                .limit(KEYS_MAX)
                .flatMap(text -> QueryParameters.id(text).stream())
                .toList();
    }

    private Optional<UUID> scriptId() {
        return QueryParameters.id(request.getParameter(SCRIPT));
    }

    // ---- confirmation

    /** Whether everything is chosen, and only the confirmation is missing. */
    public boolean isConfirming() {
        return "confirm".equals(request.getParameter(STEP));
    }

    /** Returns the first step, with the choices. */
    public String getBack() {
        var chosen = keyIds().stream().map(key -> "&key=" + key).collect(Collectors.joining());
        return getPath() + "?id=" + known() + "&image=" + QueryParameters.part(getImage())
                + scriptId().map(script -> "&script=" + script).orElse("") + chosen;
    }

    /** Requests the rebuild. */
    public void begin() {
        var chosen = getQuestions().stream()
                .collect(Collectors.toMap(
                        ScriptTemplate.Field::name,
                        field -> Objects.requireNonNullElse(answers.get(field.name()), "")));
        try {
            refuse(rebuilds.want(known(), new LaunchConfig(getImage(), keyIds(), scriptId(), chosen), typed));
        } catch (DeletionLockedException locked) {
            PageResult.refuse(format.text("service.lock.refused", locked.service()));
        } catch (InvalidStateException wrong) {
            PageResult.refuse(format.text("service.wrong-state", format.state(wrong.state())));
        }
    }

    private void refuse(Rebuilds.Outcome outcome) {
        if (outcome instanceof Rebuilds.Outcome.Wanted) {
            PageResult.go(
                    place() + "/service?id=" + known(),
                    format.text("rebuild.started", getService().name()));
        } else if (outcome instanceof Rebuilds.Outcome.Unconfirmed) {
            PageResult.refuse("rebuild:typed", format.text("rebuild.unconfirmed"));
        } else if (outcome instanceof Rebuilds.Outcome.Busy busy) {
            PageResult.refuse(format.text("service.power.busy", portalLabels.doing(busy.meanwhile())));
        } else if (outcome instanceof Rebuilds.Outcome.Refused refused) {
            OrderRefusals.showLaunch(format, refused.why(), getQuestions(), "rebuild");
        } else {
            PageResult.refuse(format.text("rebuild.impossible"));
        }
    }

    /** Returns the path of the page. */
    public String getPath() {
        return place() + "/service-rebuild";
    }

    private String place() {
        return me.isStaff() ? "/staff" : "/portal";
    }

    public Map<String, String> getAnswers() {
        return answers;
    }

    public String getTyped() {
        return typed;
    }

    public void setTyped(@Nullable String typed) {
        this.typed = Objects.requireNonNullElse(typed, "");
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
