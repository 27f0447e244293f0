package io.tenantry.web.portal;

import io.tenantry.cloud.launch.ScriptTemplate;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.cloud.provisioning.Images;
import io.tenantry.web.layout.Lazy;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The image of an ordered server, and the script of its first start with its answers. */
@Named
@ViewScoped
public class OrderImage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    OrderSelection selection;

    @Inject
    Images images;

    @Inject
    CurrentPerson me;

    @Inject
    StartupScripts startupScripts;

    private final Map<String, String> answers = new HashMap<>();
    private final Lazy<List<Images.Choice>> systems = new Lazy<>();
    private final Lazy<Boolean> scripted = new Lazy<>();
    private final Lazy<List<StartupScripts.Script>> scripts = new Lazy<>();

    // ---- image

    /** Returns the images to choose from, the default one first; empty if there is no choice. */
    public List<Images.Choice> getSystems() {
        return systems.get(() -> {
            var offer = selection.getOffer();
            return offer == null
                    ? List.of()
                    : selection
                            .place()
                            .map(there -> images.choices(there, offer.size()))
                            .orElse(List.of());
        });
    }

    /** Returns the chosen image; empty for the default one. */
    public String getImage() {
        return selection.address().one(OrderAddress.IMAGE);
    }

    /** Returns whether it is the chosen image, or the default one if none is chosen. */
    public boolean isChosen(Images.Choice choice) {
        return getImage().isEmpty() ? choice.isDefault() : choice.name().equals(getImage());
    }

    /** Whether the chosen image is not available there. */
    public boolean isImageMissing() {
        return !getImage().isEmpty()
                && getSystems().stream().noneMatch(one -> one.name().equals(getImage()));
    }

    /** Returns the display name of the chosen image; empty for the default one, which needs no lookup. */
    public String getSystemName() {
        if (getImage().isEmpty()) {
            return "";
        }
        return getSystems().stream()
                .filter(this::isChosen)
                .map(Images.Choice::name)
                .findFirst()
                .orElse("");
    }

    // ---- script

    /** Whether a server there runs a script at its first start. */
    public boolean isScripted() {
        return scripted.get(() -> selection.place().map(images::runsScripts).orElse(true));
    }

    /** Returns the organization's scripts; none for staff who act for a customer. */
    public List<StartupScripts.Script> getScripts() {
        return scripts.get(() -> me.isActing() ? List.of() : startupScripts.of(selection.known()));
    }

    /** Returns the chosen script, if it still exists. */
    public StartupScripts.@Nullable Script getScript() {
        return QueryParameters.id(selection.address().one(OrderAddress.SCRIPT))
                .flatMap(id -> getScripts().stream()
                        .filter(script -> script.id().equals(id))
                        .findFirst())
                .orElse(null);
    }

    /** Returns the fields of the chosen script. */
    public List<ScriptTemplate.Field> getQuestions() {
        var script = getScript();
        return script == null ? List.of() : script.fields();
    }

    /** Returns what was typed into the fields, by their names. */
    public Map<String, String> getAnswers() {
        return answers;
    }

    /** Fills the fields with their defaults. */
    void fillAnswers() {
        getQuestions()
                .forEach(field -> answers.put(field.name(), field.byDefault().orElse("")));
    }

    /** Returns the answer to each field of the chosen script. */
    Map<String, String> answered() {
        return getQuestions().stream()
                .collect(Collectors.toMap(
                        ScriptTemplate.Field::name,
                        field -> Objects.requireNonNullElse(answers.get(field.name()), "")));
    }
}
