/**
 * Does something that may take long, and says so while it does, and then with what outcome and after how many seconds.
 * What is thrown passes through.
 */
export async function step<T>(
  what: string,
  work: () => Promise<T>,
  outcome: (result: T) => string = () => '',
): Promise<T> {
  const began = Date.now();
  process.stdout.write(`${what} … `);
  const result = await work().catch((error: unknown) => {
    console.log('failed');
    throw error;
  });
  const note = outcome(result);
  console.log(`${note ? `${note}, ` : ''}${((Date.now() - began) / 1000).toFixed(1)} s`);
  return result;
}
