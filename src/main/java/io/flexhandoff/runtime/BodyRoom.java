package io.flexhandoff.runtime;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies all requests together may hold, so that many large ones do not use up the heap. The last quarter is for small
 * ones and for what goes first.
 */
final class BodyRoom {

    /** Bytes: a turn of a call, or any form of Twilio, is smaller. */
    static final int SMALL = 16 << 10;

    private final long all;
    private final AtomicLong taken = new AtomicLong();

    /** @param all bytes */
    BodyRoom(long all) {
        this.all = all;
    }

    /**
     * What is read becomes text, and a tree of it, of many times its size.
     *
     * @param largest bytes that one may have
     */
    static BodyRoom ofHeap(long largest) {
        return new BodyRoom(Math.max(Runtime.getRuntime().maxMemory() / 32, 2 * largest));
    }

    /**
     * @param bytes that a body has, or may have
     * @param first whether it goes first
     * @return whether there is room, which has to be {@link #give given} back
     */
    boolean take(long bytes, boolean first) {
        long limit = first || bytes <= SMALL ? all : all - all / 4;
        if (taken.addAndGet(bytes) <= limit) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void give(long bytes) {
        taken.addAndGet(-bytes);
    }
}
