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
import org.jspecify.annotations.Nullable;

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
    @Nullable
    String email;

    @Override
    public String process() {
        var said = email == null || email.isBlank() ? "the job parameter email is missing" : writeLink(email);
        job.setExitStatus(said);
        return said;
    }

    private String writeLink(String address) {
        try (var actorScope = Actors.enter(Actor.system("operator-link"))) {
            return recovery.writeLink(address)
                    .map(file -> "written to " + file)
                    .orElse("no operator who may sign in has this address");
        }
    }
}
