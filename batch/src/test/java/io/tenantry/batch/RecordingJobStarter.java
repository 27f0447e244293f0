package io.tenantry.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Says what jobs would have been started, and who gave a sign. */
public final class RecordingJobStarter extends JobStarter {
    public final List<String> said;

    public RecordingJobStarter() {
        said = new ArrayList<>();
    }

    @Override
    public long startUnlessRunning(String job) {
        said.add("start " + job);
        return 1;
    }

    @Override
    public void startIfDue(String job, BooleanSupplier isDue) {
        said.add(job + (isDue.getAsBoolean() ? " is due" : " is not due"));
    }

    @Override
    public void pulse(String job) {
        said.add("pulse of " + job);
    }
}
