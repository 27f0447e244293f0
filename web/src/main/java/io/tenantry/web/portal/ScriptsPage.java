package io.tenantry.web.portal;

import io.tenantry.launch.ScriptText;
import io.tenantry.launch.StartScripts;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
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
    StartScripts scripts;

    @Inject
    Fmt fmt;

    private List<StartScripts.Script> all = List.of();

    /** Looks at the scripts, if they may be seen. */
    public void open() {
        Visit.look(() -> all = scripts.of(organization.getId()));
    }

    public List<StartScripts.Script> getAll() {
        return all;
    }

    /** What a script asks for, in a line. */
    public String asks(StartScripts.Script script) {
        var fields = script.fields();
        return fields.isEmpty()
                ? fmt.text("script.asks.nothing")
                : fmt.text(
                        "script.asks",
                        fields.stream().map(ScriptText.Field::label).collect(Collectors.joining(", ")));
    }
}
