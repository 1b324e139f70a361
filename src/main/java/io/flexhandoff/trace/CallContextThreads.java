package io.flexhandoff.trace;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;

/** Makes the thread pool on which an API component sends its requests take the context of those who ask it to. */
public final class CallContextThreads extends DefaultThreadPoolFactory {

    private final String profile;

    /** @param profile id of the pool's profile */
    public CallContextThreads(String profile) {
        this.profile = profile;
    }

    /** Camel's API components ask for a pool that can schedule, though they never do. */
    @Override
    public ScheduledExecutorService newScheduledThreadPool(ThreadPoolProfile asked, ThreadFactory threads) {
        return profile.equals(asked.getId())
                ? new Carrying(asked.getPoolSize(), threads)
                : super.newScheduledThreadPool(asked, threads);
    }

    /** Every way to submit a task leads through one of these two methods. */
    private static final class Carrying extends ScheduledThreadPoolExecutor {

        private Carrying(int threads, ThreadFactory factory) {
            super(threads, factory);
            setRemoveOnCancelPolicy(true);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            CallContext call = CallContext.current();
            return super.schedule(
                    () -> {
                        CallContext.Scope scope = call.enter();
                        try {
                            task.run();
                        } finally {
                            scope.close();
                        }
                    },
                    delay,
                    unit);
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            CallContext call = CallContext.current();
            return super.schedule(
                    () -> {
                        CallContext.Scope scope = call.enter();
                        try {
                            return task.call();
                        } finally {
                            scope.close();
                        }
                    },
                    delay,
                    unit);
        }
    }
}
