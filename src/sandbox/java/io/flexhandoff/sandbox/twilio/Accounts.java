package io.flexhandoff.sandbox.twilio;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The accounts that the sandbox plays; what is done with one is done under the lock. */
final class Accounts {

    private final Object lock;
    private final Map<String, AccountState> accounts = new LinkedHashMap<>();

    /** @param lock guards the sandbox's state */
    Accounts(Object lock) {
        this.lock = lock;
    }

    void add(AccountState state) {
        accounts.put(state.account().accountSid(), state);
    }

    /** The account with that SID, {@code null} when there is none. */
    AccountState find(String accountSid) {
        return accounts.get(accountSid);
    }

    /** Changes an account. */
    void change(String accountSid, Consumer<AccountState> change) {
        synchronized (lock) {
            change.accept(find(accountSid));
        }
    }

    /** Reads or changes an account. */
    <T> T in(String accountSid, Function<AccountState, T> operation) {
        synchronized (lock) {
            return operation.apply(find(accountSid));
        }
    }

    /** Reads or changes the first account. */
    <T> T inFirst(Function<AccountState, T> operation) {
        synchronized (lock) {
            return operation.apply(accounts.values().iterator().next());
        }
    }

    /**
     * Changes a call.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    void changeCall(String callSid, BiConsumer<AccountState, LiveCall> change) {
        inCall(callSid, (state, call) -> {
            change.accept(state, call);
            return null;
        });
    }

    /**
     * Reads or changes a call.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    <T> T inCall(String callSid, BiFunction<AccountState, LiveCall, T> operation) {
        synchronized (lock) {
            for (AccountState state : accounts.values()) {
                LiveCall call = state.calls().find(callSid);
                if (call != null) {
                    return operation.apply(state, call);
                }
            }
            throw new IllegalArgumentException("There is no call " + callSid);
        }
    }

    /** Whether there is a call, and it is so. */
    boolean isCall(String callSid, Predicate<LiveCall> condition) {
        synchronized (lock) {
            return accounts.values().stream()
                    .map(state -> state.calls().find(callSid))
                    .anyMatch(call -> call != null && condition.test(call));
        }
    }

    /**
     * Changes a task's reservation that is open.
     *
     * @param status that it has
     * @throws IllegalArgumentException if there is no such task
     * @throws IllegalStateException if it has no such reservation
     */
    void changeReservation(String taskSid, String status, BiConsumer<AccountState, Reservation> change) {
        synchronized (lock) {
            for (AccountState state : accounts.values()) {
                Task task = state.workspace().tasks.get(taskSid);
                if (task != null) {
                    Reservation reservation = task.openReservation();
                    if (reservation == null || !reservation.status.equals(status)) {
                        throw new IllegalStateException(
                                "Task " + taskSid + " is " + task.status + ": it has no reservation that is " + status);
                    }
                    change.accept(state, reservation);
                    return;
                }
            }
            throw new IllegalArgumentException("There is no task " + taskSid);
        }
    }
}
