package io.flexhandoff.trace;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;

/** Makes the thread pool on which a component sends its requests take the context of those who ask it to. */
public final class CallContextThreads extends DefaultThreadPoolFactory {

    private final String profile;

    /** @param profile id of the pool's profile */
    public CallContextThreads(String profile) {
        this.profile = profile;
    }

    @Override
    public ExecutorService newThreadPool(ThreadPoolProfile asked, ThreadFactory threads) {
        ExecutorService pool = super.newThreadPool(asked, threads);
        return profile.equals(asked.getId()) ? new Carrying(pool) : pool;
    }

    private static final class Carrying extends AbstractExecutorService {

        private final ExecutorService pool;

        private Carrying(ExecutorService pool) {
            this.pool = pool;
        }

        @Override
        public void execute(Runnable task) {
            CallContext call = CallContext.current();
            pool.execute(() -> {
                CallContext.Scope scope = call.enter();
                try {
                    task.run();
                } finally {
                    scope.close();
                }
            });
        }

        @Override
        public void shutdown() {
            pool.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return pool.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return pool.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return pool.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return pool.awaitTermination(timeout, unit);
        }
    }
}
