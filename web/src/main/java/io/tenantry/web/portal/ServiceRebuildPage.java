package io.tenantry.web.portal;

import io.tenantry.cloud.launch.ScriptTemplate;
import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.cloud.launch.StartupScripts;
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
 * Having a server begin anew, in two steps: with what, which stands in the address as with an order, and then, by its typed name, that it is
 * meant. For members and, below /staff, for staff.
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

    /** Looks at the service, if it is theirs to manage. */
    public void open() {
        PageResult.look(() -> {
            var known = PageResult.id("service", parameter);
            service = services.one(known);
            organization.show(getService().organizationId());
            id = known;
            access.requireIn(getService().organizationId(), Permission.VPS_MANAGE);
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

    /** What is being done to its server, in words; empty if nothing is. */
    public String getMeanwhile() {
        return portalLabels.meanwhile(getService());
    }

    // ---- what it is to begin with

    /** Whether it can begin anew at all. */
    public boolean isPossible() {
        return offered().isPresent();
    }

    /** The systems to choose from; none if there is no choice. */
    public List<Images.Choice> getSystems() {
        return offered().map(Images.Offered::systems).orElse(List.of());
    }

    /** Whether a script is run. */
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

    /** The chosen system; empty for the one that it has. */
    public String getImage() {
        return Objects.requireNonNullElse(request.getParameter(IMAGE), "").strip();
    }

    /** Whether it is the chosen one, or the one that it has and none is chosen. */
    public boolean isChosen(Images.Choice choice) {
        return getImage().isEmpty() ? choice.usual() : choice.name().equals(getImage());
    }

    /** The system to be, to be read; empty if there is nothing to be said of it. */
    public String getSystemName() {
        return getSystems().stream()
                .filter(this::isChosen)
                .map(Images.Choice::name)
                .findFirst()
                .orElse(getImage());
    }

    /** The organization's scripts. */
    public List<StartupScripts.Script> getScripts() {
        var known = scripts;
        if (known == null) {
            var organization = getService().organizationId();
            known = access.allowsIn(organization, Permission.VPS_CREATE) ? startupScripts.of(organization) : List.of();
            scripts = known;
        }
        return known;
    }

    /** The chosen script, if it is still there. */
    public StartupScripts.@Nullable Script getScript() {
        return scriptId()
                .flatMap(wanted -> getScripts().stream()
                        .filter(script -> script.id().equals(wanted))
                        .findFirst())
                .orElse(null);
    }

    /** What the chosen script asks for. */
    public List<ScriptTemplate.Field> getQuestions() {
        var script = getScript();
        return script == null ? List.of() : script.fields();
    }

    /** The organization's keys, as far as they may be seen. */
    public List<SshKeys.Key> getKeys() {
        var known = keys;
        if (known == null) {
            var organization = getService().organizationId();
            known = access.allowsIn(organization, Permission.SSH_KEYS_VIEW) ? sshKeys.of(organization) : List.of();
            keys = known;
        }
        return known;
    }

    /** Whether a key is chosen. */
    public boolean isKeyChosen(SshKeys.Key one) {
        return keyIds().contains(one.id());
    }

    /** The names of the chosen keys. */
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

    // ---- that it is meant

    /** Whether all is chosen, and it is only to be confirmed. */
    public boolean isConfirming() {
        return "confirm".equals(request.getParameter(STEP));
    }

    /** The first step again, with what is chosen. */
    public String getBack() {
        var chosen = keyIds().stream().map(key -> "&key=" + key).collect(Collectors.joining());
        return getPath() + "?id=" + known() + "&image=" + QueryParameters.part(getImage())
                + scriptId().map(script -> "&script=" + script).orElse("") + chosen;
    }

    /** Has it begin anew. */
    public void begin() {
        var chosen = getQuestions().stream()
                .collect(Collectors.toMap(
                        ScriptTemplate.Field::name,
                        field -> Objects.requireNonNullElse(answers.get(field.name()), "")));
        try {
            refuse(rebuilds.want(known(), new LaunchConfig(getImage(), keyIds(), scriptId(), chosen), typed));
        } catch (InvalidStateException wrong) {
            PageResult.refuse(format.text("service.wrong-state", format.state(wrong.state())));
        }
    }

    private void refuse(Rebuilds.Outcome outcome) {
        if (outcome instanceof Rebuilds.Outcome.Wanted) {
            PageResult.go(
                    place() + "/service?id=" + known(),
                    format.text("rebuild.begun", getService().name()));
        } else if (outcome instanceof Rebuilds.Outcome.Unconfirmed) {
            PageResult.refuse("rebuild:typed", format.text("rebuild.unconfirmed"));
        } else if (outcome instanceof Rebuilds.Outcome.Busy busy) {
            PageResult.refuse(format.text("service.power.busy", portalLabels.doing(busy.meanwhile())));
        } else if (outcome instanceof Rebuilds.Outcome.Refused refused) {
            refuse(refused.why());
        } else {
            PageResult.refuse(format.text("rebuild.impossible"));
        }
    }

    private void refuse(Services.Outcome why) {
        if (why instanceof Services.Outcome.MissingAnswers missingAnswers) {
            var questions = getQuestions();
            for (var at = 0; at < questions.size(); at++) {
                if (missingAnswers.fields().contains(questions.get(at).name())) {
                    PageResult.refuse(
                            "rebuild:questions:" + at + ":answer",
                            format.text("order.unanswered", ScriptTemplate.ANSWER_MAX));
                }
            }
            return;
        }
        PageResult.refuse(format.text(OrderPage.reason(why)));
    }

    /** The path of the page. */
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
