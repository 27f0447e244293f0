package io.tenantry.web.portal;

import io.tenantry.cloud.launch.ScriptTemplate;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Collectors;

/** The organization's start-up scripts. */
@Named
@RequestScoped
public class ScriptsPage {
    @Inject
    CurrentOrganization organization;

    @Inject
    StartupScripts scripts;

    @Inject
    Format format;

    private List<StartupScripts.Script> all = List.of();

    /** Loads the scripts, if the user may view them. */
    public void open() {
        PageResult.load(() -> all = scripts.of(organization.getId()));
    }

    public List<StartupScripts.Script> getAll() {
        return all;
    }

    /** Returns the fields of a script, in one line. */
    public String asks(StartupScripts.Script script) {
        var fields = script.fields();
        return fields.isEmpty()
                ? format.text("script.asks.nothing")
                : format.text(
                        "script.asks",
                        fields.stream().map(ScriptTemplate.Field::label).collect(Collectors.joining(", ")));
    }
}
