package io.tenantry.batch.platform;

import io.tenantry.admin.platform.OperatorRecovery;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * A batch step that writes a one-time link for an operator to a file on the server. Its exit status contains the name of the file, never the
 * link.
 */
@Named
@Dependent
public class OperatorLink extends AbstractBatchlet {
    @Inject
    OperatorRecovery recovery;

    @Inject
    JobContext job;

    @Inject
    @BatchProperty
    String email;

    @Override
    public String process() {
        try (var actorScope = Actors.enter(Actor.system("operator-link"))) {
            var text = recovery.writeLink(email)
                    .map(file -> "written to " + file)
                    .orElse("no operator who may sign in has this address");
            job.setExitStatus(text);
            return text;
        }
    }
}
