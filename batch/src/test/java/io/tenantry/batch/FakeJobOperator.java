package io.tenantry.batch;

import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.JobStartException;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.JobExecution;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A job operator without jobs: executions begin, and end when a test says so. */
final class FakeJobOperator {
    final List<String> calls = new ArrayList<>();
    final Map<Long, BatchStatus> executions = new ConcurrentHashMap<>();
    boolean isRefusing;
    boolean isStopRefused;
    Runnable whileStarting = () -> {};
    private long latest = 100;

    JobOperator operator() {
        return fake(JobOperator.class, (method, arguments) -> switch (method) {
            case "start" -> start((String) arguments[0]);
            case "stop" -> stop((Long) arguments[0]);
            case "getJobExecution" -> execution((Long) arguments[0]);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private long start(String job) {
        whileStarting.run();
        if (isRefusing) {
            throw new JobStartException("no such job: " + job);
        }
        latest++;
        calls.add("start " + job + " as " + latest);
        executions.put(latest, BatchStatus.STARTED);
        return latest;
    }

    private Object stop(long execution) {
        calls.add("stop " + execution);
        if (isStopRefused) {
            throw new NoSuchJobExecutionException("not running here");
        }
        executions.put(execution, BatchStatus.STOPPING);
        return "";
    }

    private JobExecution execution(long execution) {
        var status = executions.get(execution);
        if (status == null) {
            throw new NoSuchJobExecutionException("none");
        }
        return fake(JobExecution.class, (method, arguments) -> switch (method) {
            case "getBatchStatus" -> status;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
